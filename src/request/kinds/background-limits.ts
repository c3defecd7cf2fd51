import { wait } from './durations.ts';
import { limitsByPart, limitsOf } from './limits-by-part.ts';

/** How long background tasks of each kind may go on after the answer, in milliseconds; 0 is not at all. */
export interface BackgroundLimits {
  /** Subagents, workflows and teammates: what works for the answer. */
  readonly agent: number;
  /** Shell commands and monitors, such as a development server: many of them never end. */
  readonly shell: number;
}

const KINDS = ['agent', 'shell'] as const satisfies readonly (keyof BackgroundLimits)[];

/** One limit for both, or by name, such as `agent=10m,shell=1m`; a file may have an object. In milliseconds. */
export const backgroundLimits = limitsByPart({
  names: KINDS,
  noun: 'kind',
  unit: wait,
  example: 'agent=10m, from 0 to 24d',
});

/** The limits by kind that a value stands for. */
export function backgroundLimitsOf(limits: number | Partial<BackgroundLimits>): Partial<BackgroundLimits> {
  return limitsOf(KINDS, limits);
}
