import type { Settings } from '../../config/layers.ts';
import type { AccessRules } from '../../servers/auth/access-rules.ts';
import { whereSet } from './where-set.ts';

/** What errors call the place where a rule of access was set. */
export function accessNames(settings: Settings): (rule: keyof AccessRules) => string {
  return (rule) => whereSet(settings, `server${rule.charAt(0).toUpperCase()}${rule.slice(1)}`);
}
