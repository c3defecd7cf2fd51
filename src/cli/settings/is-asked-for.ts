import type { Setting } from '../../config/layers.ts';

/** Whether somebody set an option to something else than what it is anyway. */
export function isAskedFor({ option, value, from }: Pick<Setting, 'option' | 'value' | 'from'>): boolean {
  return from !== 'default' && value !== false && value !== option.default;
}
