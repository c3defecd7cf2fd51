import { read, type Settings } from '../../config/layers.ts';
import { OPTION, OPTIONS } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { Plan } from '../../batch/batch.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
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

/** Where settings for one run stand, in variables and files, which a batch passes over. */
export function passedOver(settings: Settings): readonly string[] {
  return OPTIONS.filter(({ name, ofOneRun, ...option }) => {
    const setting = settings.get(name);
    return (
      ofOneRun === true &&
      !OF_REQUESTS.has(name) &&
      !isHeeded(option, 'batch') &&
      setting !== undefined &&
      isAskedFor(setting)
    );
  }).map(({ name }) => whereSet(settings, name));
}

/** Options of runs themselves, which are for one run only in how much of it they show. */
const OF_REQUESTS = new Set(ALL_RUN_OPTIONS.map(({ name }) => name));

/** What is to be done of the items, as flags say. @throws SluiceError `usage` */
export function planOf(settings: Settings): Plan {
  rejectUnheeded(settings);
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

/** What would be dropped without a word. */
function rejectUnheeded(settings: Settings): void {
  const reject = (name: string, why: string): void => {
    const setting = settings.get(name);
    if (setting === undefined || !isAskedFor(setting) || [setting.value].flat().length === 0) return;
    const fix = 'leave it out here (--config names another file)';
    throw new SluiceError('usage', `${whereSet(settings, name)}: ${why}; ${fix}`);
  };
  reject(OPTION.gateway.name, 'no batch is carried out by a gateway');
  if (read(settings, OPTION.queue) === undefined)
    reject(OPTION.queueOnly.name, 'without --queue there are no workers to choose from');
  else reject(OPTION.budget.name, 'what workers run is not counted on it; theirs is --max-query-budget-usd');
}
