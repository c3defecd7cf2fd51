import type { Settings } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { SluiceError } from '../../errors.ts';
import { notRemote } from '../../request/remote.ts';
import type { Invocation } from '../program.ts';
import { isAskedFor } from './is-asked-for.ts';
import { whereSet } from './where-set.ts';

/**
 * Refuses what can't be had of a gateway, or of a worker behind a queue, wherever it was set: it would be dropped without a word, and some of it keeps
 * claude in bounds.
 * @throws SluiceError `usage` with the reason
 */
export function checkRemote(
  { passThrough }: Pick<Invocation, 'passThrough'>,
  settings: Settings,
  by: 'gateway' | 'queue' = 'gateway',
): void {
  const reject = (what: string, why: string): never => {
    throw new SluiceError('usage', `${what}: not with ${whereSet(settings, by)}: ${why}; leave it out`);
  };
  const [first] = passThrough;
  if (first !== undefined) reject(`-- ${first}`, 'options for claude are for its operator to give');
  for (const setting of settings.values()) {
    const { option, from } = setting;
    const reason = option.commands === undefined && isAskedFor(setting) ? notRemote(option) : null;
    if (reason !== null) reject(whereOf(option, from), reason);
  }
}
