import type { Settings } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { flagOf } from '../../request/flag.ts';
import { OPTIONS } from '../../config/command-options/options.ts';

/**
 * What errors call the place where an option was set: its flag, its variable, or a file and the option in it; its flag
 * where nothing set it.
 */
export function whereSet(settings: Settings, name: string): string {
  const setting = settings.get(name);
  if (setting !== undefined && setting.from !== 'default') return whereOf(setting.option, setting.from);
  const option = OPTIONS.find((option) => option.name === name);
  return option === undefined ? name : flagOf(option);
}
