import type { Settings } from '../../../config/layers.ts';
import { SluiceError } from '../../../errors.ts';
import { whereSet } from '../where-set.ts';

/**
 * Says that an option can't be served, and where it was set.
 * @throws SluiceError `usage`, always
 */
export function reject(settings: Settings, name: string, problem: string): never {
  throw new SluiceError('usage', `${whereSet(settings, name)}: ${problem}`);
}
