import type { Settings } from '../config/layers.ts';
import { flagOf, whereOf } from '../config/names.ts';
import { OPTIONS } from '../config/options/options.ts';
import type { AccessRules } from '../servers/auth/access.ts';

/** What errors call the place where a rule of access was set: its flag, its variable, or a file and the option in it. */
export function accessNames(settings: Settings): (rule: keyof AccessRules) => string {
  return (rule) => {
    const name = `server${rule.charAt(0).toUpperCase()}${rule.slice(1)}`;
    const setting = settings.get(name);
    if (setting !== undefined) return whereOf(setting.option, setting.from);
    const option = OPTIONS.find((option) => option.name === name);
    return option === undefined ? rule : flagOf(option);
  };
}
