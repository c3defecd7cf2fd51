/** What somebody who is not trusted may do to a value: narrow it, never widen it. */
export type Narrowing =
  /** any value does no harm */
  | 'harmless'
  /** the smaller of its value and the one below it counts, or each of their parts */
  | 'lower'
  /** the same, where nothing below it means this much */
  | { readonly atMost: number }
  /** it adds to the list below it */
  | 'add'
  /** only what is in the list below it too, if there is one */
  | 'restrict'
  /** only true */
  | 'on'
  /** only these values, and none that stands further down than what lies below */
  | { readonly narrowestFirst: readonly string[] };

/** What comes of a value that somebody asks for, beside the one below it. */
export type Narrowed =
  /** it counts as it is, or joined with what lies below */
  | { readonly verdict: 'within'; readonly value: unknown }
  /** it goes further than what lies below: this much of it may count, which may be nothing of it */
  | { readonly verdict: 'beyond'; readonly value: unknown; readonly isOfBoth: boolean }
  /** it may not be asked for at all; what may */
  | { readonly verdict: 'refused'; readonly allowed: readonly string[] };

/**
 * Compares what is asked for with what lies below: the one place that says what is narrower.
 * @param base what counts without it; undefined: nothing does
 * @param preset the default of the field, which stands for parts that `base` leaves open
 */
export function narrow(rule: Narrowing | undefined, asked: unknown, base: unknown, preset: unknown): Narrowed {
  switch (rule) {
    case undefined:
      return { verdict: 'refused', allowed: [] };
    case 'harmless':
      return within(asked);
    case 'lower':
      return lower(asked, base, preset);
    case 'add':
      return within([...asList(base), ...asList(asked)]);
    case 'restrict':
      return restrict(asked, base);
    case 'on':
      return asked === true ? within(asked) : { verdict: 'refused', allowed: ['true'] };
    default:
      return 'atMost' in rule
        ? lower(asked, typeof base === 'number' ? base : rule.atMost, preset)
        : ranked(rule.narrowestFirst, asked, base);
  }
}

function within(value: unknown): Narrowed {
  return { verdict: 'within', value };
}

function lower(asked: unknown, base: unknown, preset: unknown): Narrowed {
  if (!hasParts(asked) || !hasParts(base)) {
    const exceeds = typeof base === 'number' && Number(asked) > base;
    return exceeds ? { verdict: 'beyond', value: base, isOfBoth: false } : within(asked);
  }
  // What the one below leaves open is as large as it is without it.
  const limits = { ...(hasParts(preset) ? preset : {}), ...base };
  const lowered = Object.entries(asked).filter(([part, limit]) => limit < (limits[part] ?? Number.POSITIVE_INFINITY));
  if (lowered.length === 0) return { verdict: 'beyond', value: base, isOfBoth: false };
  const smallest = { ...base, ...Object.fromEntries(lowered) };
  const isOwn = Object.entries(smallest).every(([part, limit]) => limit === asked[part]);
  return isOwn ? within(smallest) : { verdict: 'beyond', value: smallest, isOfBoth: true };
}

function restrict(asked: unknown, base: unknown): Narrowed {
  if (base === undefined) return within(asked);
  const kept = asList(asked).filter((item) => asList(base).includes(item));
  return kept.length === asList(asked).length ? within(kept) : { verdict: 'beyond', value: kept, isOfBoth: false };
}

function ranked(order: readonly string[], asked: unknown, base: unknown): Narrowed {
  const rank = order.indexOf(String(asked));
  if (rank === -1) return { verdict: 'refused', allowed: order };
  const lowest = order.indexOf(String(base));
  return lowest !== -1 && lowest < rank ? { verdict: 'beyond', value: base, isOfBoth: false } : within(asked);
}

function hasParts(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'number');
}

/** One value as a list of it, and none as an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
