import type { Field, ValuesOf } from './field.ts';
import { APPROVALS } from './run-options/approvals.ts';
import { EXTENSIONS } from './run-options/extensions.ts';
import { FINDINGS } from './run-options/findings.ts';
import { MESSAGES } from './run-options/messages.ts';
import { MODEL } from './run-options/model.ts';
import { PERMISSIONS } from './run-options/permissions.ts';
import { PROMPT } from './run-options/prompt.ts';
import { RUNNING } from './run-options/running.ts';
import { SESSION } from './run-options/session.ts';
import { oneTable } from './one-table.ts';

/** What is claude's own, under the same names. */
const CLAUDE = oneTable(MODEL, PERMISSIONS, APPROVALS, SESSION, EXTENSIONS);

/** All that can be asked of a run, besides what it is to do. */
export const RUN_OPTIONS = oneTable(MESSAGES, PROMPT, FINDINGS, RUNNING, CLAUDE);

/** The same, in order. */
export const ALL_RUN_OPTIONS: readonly Field[] = Object.values(RUN_OPTIONS);

/** Claude's own options, in camelCase; absent means claude's default. */
export type ClaudeOptions = ValuesOf<typeof CLAUDE>;
