import { SluiceError } from '../../errors.ts';
import { duration, formatDuration } from './durations.ts';
import { type Kind, kindOf } from './kind.ts';

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
export const idleLimits: Kind<number | Partial<IdleLimits>> = kindOf<number | Partial<IdleLimits>>({
  parse: parseIdleLimits,
  expected: `milliseconds, or an object of milliseconds by state (${STATES.join(', ')})`,
  show: (limits) => formatIdleLimits(idleLimitsOf(limits)),
  schema: {
    anyOf: [
      duration.schema,
      {
        type: 'object',
        properties: Object.fromEntries(STATES.map((state) => [state, duration.schema])),
        additionalProperties: false,
      },
    ],
  },
});

/** The limits by state that a value stands for. */
export function idleLimitsOf(limits: number | Partial<IdleLimits>): Partial<IdleLimits> {
  return typeof limits === 'number' ? { api: limits, tool: limits, text: limits } : limits;
}

function parseIdleLimits(value: unknown): Partial<IdleLimits> {
  const pairs = pairsOf(value);
  if (pairs === null) return idleLimitsOf(duration.parse(value));
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

function formatIdleLimits(limits: Partial<IdleLimits>): string {
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
    return duration.parse(value);
  } catch {
    return null;
  }
}

function written(name: string, limit: unknown): string {
  return limit === undefined ? name : `${name}=${typeof limit === 'string' ? limit : JSON.stringify(limit)}`;
}
