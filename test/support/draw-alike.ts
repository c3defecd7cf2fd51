import fc from 'fast-check';
import { IS_SOAK, rounds } from './rounds.ts';

/**
 * What a property is tried with, drawn alike at each run: a test tells of a change, and not of the day's luck. `npm run
 * soak` draws anew, and ten times as often.
 */
fc.configureGlobal(IS_SOAK ? { numRuns: rounds(100) } : { seed: 20_261 });
