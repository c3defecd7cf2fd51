import { SluiceError } from '../../errors.ts';
import { formatDuration } from './durations.ts';
import { type Kind, kindOf } from './kind.ts';

/** Limits of time by what they are of, in milliseconds; what is left out is left open. */
export type Limits<Part extends string> = { readonly [Name in Part]?: number };

/** What the parts of a limit are. */
export interface Parts<Part extends string> {
  readonly names: readonly Part[];
  /** What one of them is called, as in `a limit of one state`. */
  readonly noun: string;
  /** What a single limit may be. */
  readonly unit: Kind<number>;
  /** For errors: such as `api=5m, from 1ms to 24d`. */
  readonly example: string;
}

/** One limit for every part, or some by name, such as `api=5m,tool=1h`; a file may have an object. In milliseconds. */
export function limitsByPart<Part extends string>(parts: Parts<Part>): Kind<number | Limits<Part>> {
  const { names, unit } = parts;
  return kindOf<number | Limits<Part>>({
    parse: (value) => parseLimits(parts, value),
    expected: `milliseconds, or an object of milliseconds by ${parts.noun} (${names.join(', ')})`,
    show: (limits) => format(names, limitsOf(names, limits)),
    schema: {
      anyOf: [
        unit.schema,
        {
          type: 'object',
          properties: Object.fromEntries(names.map((name) => [name, unit.schema])),
          additionalProperties: false,
        },
      ],
    },
  });
}

/** The limits by part that a value stands for. */
export function limitsOf<Part extends string>(names: readonly Part[], limits: number | Limits<Part>): Limits<Part> {
  return typeof limits === 'number' ? everyPart(names, limits) : limits;
}

function everyPart<Part extends string>(names: readonly Part[], limit: number): Limits<Part> {
  const limits: { [Name in Part]?: number } = {};
  for (const name of names) limits[name] = limit;
  return limits;
}

function parseLimits<Part extends string>({ names, noun, unit, example }: Parts<Part>, value: unknown): Limits<Part> {
  const pairs = pairsOf(value);
  if (pairs === null) return everyPart(names, unit.parse(value));
  const limits: { [Name in Part]?: number } = {};
  for (const [name, text] of pairs) {
    const part = names.find((known) => known === name);
    const limit = limitOf(unit, text);
    if (part === undefined || limit === null) {
      throw new Error(`a limit of one ${noun} (${names.join(', ')}) such as ${example}`, {
        cause: written(name, text),
      });
    }
    if (limits[part] !== undefined) throw new SluiceError('usage', `${part} has two limits`);
    limits[part] = limit;
  }
  return limits;
}

function format<Part extends string>(names: readonly Part[], limits: Limits<Part>): string {
  const [first, ...others] = names.map((name) => limits[name]);
  if (first !== undefined && others.every((limit) => limit === first)) return formatDuration(first);
  return names
    .flatMap((name) => {
      const limit = limits[name];
      return limit === undefined ? [] : [`${name}=${formatDuration(limit)}`];
    })
    .join(',');
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
function limitOf(unit: Kind<number>, value: unknown): number | null {
  try {
    return unit.parse(value);
  } catch {
    return null;
  }
}

function written(name: string, limit: unknown): string {
  return limit === undefined ? name : `${name}=${typeof limit === 'string' ? limit : JSON.stringify(limit)}`;
}
