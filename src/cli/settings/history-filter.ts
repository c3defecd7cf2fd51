import { resolve as resolvePath } from 'node:path';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { labelsOf } from '../../request/kinds/labels.ts';
import type { HistoryFilter } from '../../runs/disk/run-conditions.ts';
import type { Invocation } from '../program.ts';

/**
 * Which runs are wanted. Options that runs have, too, count where they are typed: what is set elsewhere is for runs.
 * @param texts each of which is in the prompt or the answer
 */
export function historyFilterOf(
  { flags, switches }: Pick<Invocation, 'flags' | 'switches'>,
  settings: Settings,
  cwd: string,
  texts: readonly string[],
): HistoryFilter {
  const given = Object.entries({
    classes: read(settings, OPTION.historyClasses),
    since: read(settings, OPTION.historySince),
    until: read(settings, OPTION.historyUntil),
    labels: flags['labels'] === undefined ? undefined : labelsOf(read(settings, OPTION.labels) ?? []),
    model: flags['model'] === undefined ? undefined : read(settings, OPTION.model),
    folder: flags['cwd'] === undefined ? undefined : resolvePath(cwd, read(settings, OPTION.cwd) ?? '.'),
    sessionId: typeof flags['resume'] === 'string' ? flags['resume'] : undefined,
    isFailed: switches.has('failed') ? true : undefined,
    texts: texts.length === 0 ? undefined : texts,
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
