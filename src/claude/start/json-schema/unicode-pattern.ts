/**
 * A pattern as JavaScript reads it with the `u` flag, which takes no backslash before what needs none: Python and others
 * write `\-` and `\_`.
 */
export function asUnicodePattern(pattern: string): string {
  if (isPattern(pattern, 'u') || !isPattern(pattern, '')) return pattern;
  let inClass = false;
  return pattern.replaceAll(/\\?[^]/gu, (piece) => {
    if (piece === '[') inClass = true;
    if (piece === ']') inClass = false;
    if (!piece.startsWith('\\') || NEEDED.test(piece) || (inClass && piece === '\\-')) return piece;
    return piece.slice(1);
  });
}

/** Escapes that mean something. */
const NEEDED = /^\\[\^$\\.*+?()[\]{}|/A-Za-z0-9]?$/;

function isPattern(pattern: string, flags: string): boolean {
  try {
    return RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
