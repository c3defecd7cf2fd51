/** What somebody who is not trusted may do to a value: narrow it, never widen it. */
export type Narrowing =
  /** any value does no harm */
  | 'harmless'
  /** the smaller of its value and the one below it counts, or each of their parts */
  | 'lower'
  /** the same; where nothing lies below, this is the limit */
  | { readonly atMost: number }
  /** it adds to the list below it, or a paragraph to the text */
  | 'add'
  /** only what is in the list below it too, if there is one */
  | 'restrict'
  /** the same, where an item of the list allows more than its equal: says whether it allows what is asked for */
  | { readonly coveredBy: (asked: string, allowed: string) => boolean }
  /** only true */
  | 'on'
  /** only one of these values, and none that is wider than the value below */
  | { readonly narrowestFirst: readonly string[] };

/** What comes of a value that somebody asks for, beside the one below it. */
export type Narrowed =
  /** it goes no further than what lies below */
  | { readonly verdict: 'within'; readonly value: unknown; readonly source: Source }
  /** it goes further, and this much of it may count: what goes too far, and what does not */
  | {
      readonly verdict: 'beyond';
      readonly value: unknown;
      readonly source: Source;
      readonly excess: unknown;
      readonly allowed: unknown;
    }
  /** it may not be asked for at all; what may */
  | { readonly verdict: 'refused'; readonly allowed: readonly string[] };

/** Whose the value is that counts. */
type Source = 'asked' | 'below' | 'both';

/**
 * Compares what is asked for with what lies below: the one place that says what is narrower. A project's file is lowered
 * to what comes of it; whoever asks a server for more is refused.
 * @param base what counts without it; undefined: nothing does
 * @param preset the default of the field, which stands for parts that `base` leaves open
 */
export function narrow(rule: Narrowing | undefined, asked: unknown, base: unknown, preset?: unknown): Narrowed {
  switch (rule) {
    case undefined:
      return { verdict: 'refused', allowed: [] };
    case 'harmless':
      return within(asked);
    case 'lower':
      return lower(asked, base, preset);
    case 'add':
      return within(added(asked, base));
    case 'restrict':
      return covered((item, allowed) => item === allowed, asked, base);
    case 'on':
      return asked === true ? within(asked) : { verdict: 'refused', allowed: ['true'] };
    default:
      if ('atMost' in rule) return lower(asked, widest(rule, base), preset);
      if ('coveredBy' in rule)
        return covered((item, allowed) => rule.coveredBy(String(item), String(allowed)), asked, base);
      return ranked(rule.narrowestFirst, asked, base);
  }
}

/** Whether a rule compares amounts. */
export function isLimit(rule: Narrowing | undefined): boolean {
  return rule === 'lower' || (typeof rule === 'object' && 'atMost' in rule);
}

/** The value below, or the limit that counts where there is none. */
export function widest(rule: Narrowing | undefined, base: unknown): unknown {
  return base ?? (typeof rule === 'object' && 'atMost' in rule ? rule.atMost : undefined);
}

function within(value: unknown, source: Source = 'asked'): Narrowed {
  return { verdict: 'within', value, source };
}

function lower(asked: unknown, base: unknown, preset: unknown): Narrowed {
  if (hasParts(base)) return lowerParts(hasParts(asked) ? asked : partsOf(base, Number(asked)), base, preset);
  if (typeof base !== 'number' || Number(asked) <= base) return within(asked);
  return { verdict: 'beyond', value: base, source: 'below', excess: asked, allowed: base };
}

type Parts = Readonly<Record<string, number>>;

function lowerParts(asked: Parts, base: Parts, preset: unknown): Narrowed {
  // A part that the value below leaves open has its default as the limit.
  const limits: Parts = { ...(hasParts(preset) ? preset : {}), ...base };
  const limitOf = (part: string): number => limits[part] ?? Number.POSITIVE_INFINITY;
  const lowered = Object.entries(asked).filter(([part, limit]) => limit < limitOf(part));
  const value = lowered.length === 0 ? base : { ...base, ...Object.fromEntries(lowered) };
  const isOwn = Object.entries(value).every(([part, limit]) => limit === asked[part]);
  const source = lowered.length === 0 ? 'below' : isOwn ? 'asked' : 'both';
  return Object.entries(asked).every(([part, limit]) => limit <= limitOf(part))
    ? within(value, source)
    : { verdict: 'beyond', value, source, excess: asked, allowed: limits };
}

function hasParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'number');
}

/** One limit for each of the parts. */
function partsOf(parts: Parts, limit: number): Parts {
  return Object.fromEntries(Object.keys(parts).map((part) => [part, limit]));
}

function added(asked: unknown, base: unknown): unknown {
  if (typeof asked === 'string') return typeof base === 'string' ? `${base}\n\n${asked}` : asked;
  return [...asList(base), ...asList(asked)];
}

function covered(covers: (asked: unknown, allowed: unknown) => boolean, asked: unknown, base: unknown): Narrowed {
  if (base === undefined) return within(asked);
  const allowed = asList(base);
  const isCovered = (item: unknown): boolean => allowed.some((one) => covers(item, one));
  const excess = asList(asked).find((item) => !isCovered(item));
  if (excess === undefined) return within(asked);
  return { verdict: 'beyond', value: asList(asked).filter(isCovered), source: 'asked', excess, allowed };
}

function ranked(order: readonly string[], asked: unknown, base: unknown): Narrowed {
  const rank = order.indexOf(String(asked));
  if (rank === -1) return { verdict: 'refused', allowed: order };
  const lowest = order.indexOf(String(base));
  if (lowest === -1 || rank <= lowest) return within(asked);
  return { verdict: 'beyond', value: base, source: 'below', excess: asked, allowed: order.slice(0, lowest + 1) };
}

/** One value as a list of it, and none as an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
