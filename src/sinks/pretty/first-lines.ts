/** The beginning of a text, and how many lines were left out. */
export interface FirstLines {
  readonly lines: readonly string[];
  readonly more: number;
}

/** The first lines of a text. One line more than asked for is kept rather than replaced by a line that says so. */
export function clipLines(text: string, most: number): FirstLines {
  const lines: string[] = [];
  let start = 0;
  while (lines.length < most) {
    const end = text.indexOf('\n', start);
    if (end === -1) return { lines: [...lines, text.slice(start)], more: 0 };
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  const more = countLines(text, start);
  return more === 1 ? { lines: [...lines, text.slice(start)], more: 0 } : { lines, more };
}

function countLines(text: string, start: number): number {
  let lines = 1;
  for (let end = text.indexOf('\n', start); end !== -1; end = text.indexOf('\n', end + 1)) lines++;
  return lines;
}
