import { KEPT, type Span } from './span.ts';

/**
 * Spans of two sorts as one list, both ascending and without overlap in themselves. Where two overlap they become one,
 * of the kind that `first` gives it: what else was found there must not tell what the secret looks like.
 */
export function unite(first: readonly Span[], second: readonly Span[]): readonly Span[] {
  if (second.length === 0) return first;
  const all = [...first, ...second].toSorted((a, b) => a.start - b.start);
  const firsts = new Set(first);
  const united: Span[] = [];
  for (const span of all) {
    const last = united.at(-1);
    if (last === undefined || span.start >= last.end) united.push(span);
    else if (last.kind === KEPT || span.kind === KEPT) {
      if (last.kind === KEPT && span.end > last.end) united.push({ ...span, start: last.end });
    } else {
      const kind = firsts.has(span) ? span.kind : last.kind;
      united[united.length - 1] = { kind, start: last.start, end: Math.max(last.end, span.end) };
    }
  }
  return united;
}
