import { read, type Settings } from '../../config/layers.ts';
import { OPTION, OPTIONS } from '../../config/options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { Plan } from '../../batch/batch.ts';
import { flagOf } from '../../request/flag.ts';
import type { Invocation } from '../program.ts';
import { isHeeded } from '../settings/foreign-flags.ts';
import { isAskedFor } from '../settings/is-asked-for.ts';
import { whereSet } from '../settings/where-set.ts';

/** Flags that are about one prompt, or what is printed of one run. @throws SluiceError `usage` */
export function rejectFlagsOfOneRun(flags: Invocation['flags']): void {
  const foreign = OPTIONS.find(
    (option) => flags[option.name] !== undefined && option.ofOneRun === true && !isHeeded(option, 'batch'),
  );
  if (foreign !== undefined)
    throw new SluiceError('usage', `${flagOf(foreign)}: it is for one run, not for sluice batch`);
}

/** What is to be done of the items, as flags say. @throws SluiceError `usage` */
export function planOf(settings: Settings): Plan {
  rejectNotHeeded(settings);
  if (read(settings, OPTION.patches) !== undefined && read(settings, OPTION.worktree) === undefined)
    throw new SluiceError('usage', '--patches: what an item changes is known in a worktree of its own; add --worktree');
  return {
    again: {
      failed: read(settings, OPTION.retryFailed) === true,
      uncertain: read(settings, OPTION.retryUncertain) === true,
    },
    limit: read(settings, OPTION.batchLimit) ?? Number.POSITIVE_INFINITY,
    tries: read(settings, OPTION.batchTries),
    budgetUsd: read(settings, OPTION.batchBudget) ?? Number.POSITIVE_INFINITY,
  };
}

/** What would be dropped without a word: what runs may use together, and where they are carried out. */
const NOT_HEEDED = {
  budget:
    'the runs of a batch are not counted on it; leave it out here (--config names another file), and bound the batch with --budget USD',
  gateway: 'no batch is carried out by a gateway; leave it out here (--config names another file)',
} as const;

function rejectNotHeeded(settings: Settings): void {
  for (const name of ['budget', 'gateway'] as const) {
    const setting = settings.get(name);
    if (setting !== undefined && isAskedFor(setting) && [setting.value].flat().length > 0)
      throw new SluiceError('usage', `${whereSet(settings, name)}: ${NOT_HEEDED[name]}`);
  }
}
