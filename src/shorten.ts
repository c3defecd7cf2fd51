/** The beginning of a text, `most` UTF-16 units of it and an ellipsis at most; never half a character. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeUnits(text, most))}…`;
}

/** How a text begins, on one line, of so many UTF-16 units at most. */
export function lineOf(text: string, units: number): string {
  return text.slice(0, wholeUnits(text, units)).replaceAll(/\s+/g, ' ').trim();
}

/** The place in a text up to which there are no more than so many UTF-16 units; no character is cut in two. */
export function wholeUnits(text: string, units: number): number {
  if (units >= text.length) return text.length;
  return /[\uD800-\uDBFF]/.test(text[units - 1] ?? '') ? units - 1 : units;
}
