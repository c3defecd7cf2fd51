import type { Settings } from '../../../config/layers.ts';
import { flagOf } from '../../../request/flag.ts';
import { reject } from './reject.ts';

/**
 * Refuses options of a run that mean nothing to a server. Those about one run may stand in files that serve runs too.
 * @throws SluiceError `usage`
 */
export function rejectUnfitOptions(settings: Settings): void {
  for (const [name, { option, value, from }] of settings) {
    const { unserved, ofOneRun } = option;
    if (unserved !== undefined && value !== false) reject(settings, name, `is not for servers: ${unserved}`);
    if (ofOneRun === true && from === flagOf(option)) reject(settings, name, 'is not for servers; leave it out');
  }
}
