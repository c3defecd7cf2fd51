/** Levels of JSON that is handed to us, at most: what goes through it by calling itself would run out of stack at some thousands. */
export const DEEPEST_JSON = 500;

/** Whether a value of JSON is nested more than so many levels deep. It goes level by level: what calls itself could be made to run out of stack. */
export function isDeeper(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return false;
}
