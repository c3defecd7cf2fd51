import type { IdleLimits } from '../claude/patience.ts';
import { SluiceError } from '../errors.ts';
import { IDLE_TIMEOUT_MS } from '../limits.ts';
import { formatDuration, parseDuration } from './values.ts';

const STATES = ['api', 'tool', 'text'] as const satisfies readonly (keyof IdleLimits)[];

/**
 * How long nothing may happen: one duration for every state, or some by name, such as `api=5m,tool=1h`; a file may have
 * an object. Gives milliseconds, for the states that are named.
 * @throws SluiceError `usage` when a state has two limits
 */
export function parseIdleLimits(value: unknown): Partial<IdleLimits> {
  const pairs = pairsOf(value);
  if (pairs === null) {
    const limit = parseDuration(value);
    return { api: limit, tool: limit, text: limit };
  }
  const limits: Partial<Record<keyof IdleLimits, number>> = {};
  for (const [name, text] of pairs) {
    const state = STATES.find((known) => known === name);
    const limit = limitOf(text);
    if (state === undefined || limit === null) {
      throw new Error(`a limit of one state (${STATES.join(', ')}) such as api=5m, from 1ms to 24d`, {
        cause: written(name, text),
      });
    }
    if (limits[state] !== undefined) throw new SluiceError('usage', `${state} has two limits`);
    limits[state] = limit;
  }
  return limits;
}

/** What counts in a state that nobody has named. */
export const DEFAULT_IDLE_LIMITS: IdleLimits = {
  api: IDLE_TIMEOUT_MS,
  tool: IDLE_TIMEOUT_MS,
  text: IDLE_TIMEOUT_MS,
};

/** Limits as they can be typed again. */
export function formatIdleLimits(limits: Partial<IdleLimits>): string {
  const [first, ...others] = STATES.map((state) => limits[state]);
  if (first !== undefined && others.every((limit) => limit === first)) return formatDuration(first);
  return STATES.flatMap((state) => {
    const limit = limits[state];
    return limit === undefined ? [] : [`${state}=${formatDuration(limit)}`];
  }).join(',');
}

/** Null for a value that is one limit for all. */
function pairsOf(value: unknown): readonly (readonly [string, unknown?])[] | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  const text = String(value);
  if (!text.includes('=')) return null;
  return text.split(',').map((part) => {
    const [name = '', ...limit] = part.split('=').map((side) => side.trim());
    return limit.length === 0 ? [name] : [name, limit.join('=')];
  });
}

/** Null for what is no duration. */
function limitOf(value: unknown): number | null {
  try {
    return parseDuration(value);
  } catch {
    return null;
  }
}

function written(name: string, limit: unknown): string {
  return limit === undefined ? name : `${name}=${typeof limit === 'string' ? limit : JSON.stringify(limit)}`;
}
