/** A wait in words: `1.2 s`, `30 s`, `5 min`, `2 h`; rounded up, so that who waits for so long has waited long enough. */
export function describeWait(ms: number): string {
  if (ms < 10_000) return `${Math.ceil(ms / 100) / 10} s`;
  if (ms < 120_000) return `${Math.ceil(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.ceil(ms / 60_000)} min`;
  return `${Math.ceil(ms / 3_600_000)} h`;
}
