/** The beginning of a text, `most` UTF-16 units of it and an ellipsis at most; never half a character. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
