/**
 * Milliseconds on a clock that nobody sets, from a moment that means nothing: what `performance.now()` gives, without the
 * millisecond that Node takes to load what that belongs to. A run needs a clock before it starts claude.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
