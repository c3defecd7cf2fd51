import type { Field } from '../../request/field.ts';
import { RUN_OPTIONS } from '../../request/run-options.ts';
import { oneTable } from '../../request/one-table.ts';
import { BATCH } from './batch.ts';
import { CACHE } from './cache.ts';
import { HISTORY } from './history.ts';
import { OUTPUT } from './output.ts';
import { QUEUE } from './queue.ts';
import { REMOTE } from './remote.ts';
import { PROMPT_SOURCE } from './prompt-source.ts';
import { SECRETS } from './secrets.ts';
import { SERVER } from './servers.ts';
import { TERMINAL } from './terminal.ts';
import { UNATTENDED } from './unattended.ts';
import { TOKEN } from './token.ts';

/** Everything that can be set, by name: what a run can be asked for, and what the commands have besides. */
export const OPTION = oneTable(
  OUTPUT,
  SECRETS,
  PROMPT_SOURCE,
  RUN_OPTIONS,
  CACHE,
  UNATTENDED,
  HISTORY,
  REMOTE,
  TERMINAL,
  SERVER,
  TOKEN,
  BATCH,
  QUEUE,
);

/** The same, in order. */
export const OPTIONS: readonly Field[] = Object.values(OPTION);
