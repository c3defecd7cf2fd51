import { duration } from './durations.ts';
import { limitsByPart, limitsOf } from './limits-by-part.ts';

/** How long nothing may happen in each state of a run, in milliseconds. */
export interface IdleLimits {
  /** While the API is waited for, claude's own retries included. */
  readonly api: number;
  /** While a tool is at work, or several are. */
  readonly tool: number;
  /** While text is coming in, which is known where partial messages are asked for. */
  readonly text: number;
}

const STATES = ['api', 'tool', 'text'] as const satisfies readonly (keyof IdleLimits)[];

/** One limit for every state, or some by name, such as `api=5m,tool=1h`; a file may have an object. In milliseconds. */
export const idleLimits = limitsByPart({
  names: STATES,
  noun: 'state',
  unit: duration,
  example: 'api=5m, from 1ms to 24d',
});

/** The limits by state that a value stands for. */
export function idleLimitsOf(limits: number | Partial<IdleLimits>): Partial<IdleLimits> {
  return limitsOf(STATES, limits);
}
