import type { Settings } from '../../config/layers.ts';
import { flagOf, whereOf } from '../../config/names.ts';
import { OPTIONS } from '../../config/options/options.ts';
import { SluiceError } from '../../errors.ts';

/**
 * Says that an option can't be served, and where it was set.
 * @throws SluiceError `usage`, always
 */
export function reject(settings: Settings, name: string, problem: string): never {
  const setting = settings.get(name);
  const option = setting?.option ?? OPTIONS.find((option) => option.name === name);
  const flag = option === undefined ? name : flagOf(option);
  const where = setting === undefined || setting.from === 'default' ? flag : whereOf(setting.option, setting.from);
  throw new SluiceError('usage', `${where}: ${problem}`);
}
