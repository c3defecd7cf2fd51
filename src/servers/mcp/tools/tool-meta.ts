/** What Claude Code keeps in view of any tool's result, in characters; what is longer goes to a file. */
const USUAL_CHARS = 50_000;

/** Tells Claude Code to keep results of that size in view. */
export function resultSizeMeta(maxResult: number): Record<string, unknown> {
  return { 'anthropic/maxResultSizeChars': Math.max(maxResult, USUAL_CHARS) };
}
