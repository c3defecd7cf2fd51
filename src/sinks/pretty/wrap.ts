import wrapAnsi from 'wrap-ansi';

/**
 * Wraps text at its spaces, a word only where it is longer than a line. What a line is indented by, the lines that it is
 * wrapped to are too. Styles end with each line and begin again on the next.
 */
export function wrapWords(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    if (indent.length > columns / 2) return wrap(line, columns, { wordWrap: true });
    return indented(wrap(line.slice(indent.length), columns - indent.length, { wordWrap: true }), indent);
  });
}

/** Wraps text where a line is full and keeps every space, as code needs it. */
export function wrapCode(text: string, columns: number): readonly string[] {
  return wrap(text, columns, { wordWrap: false, trim: false });
}

/** Puts something before the first line and something as wide, by default spaces, before the others. */
export function hang(lines: readonly string[], first: string, others: string): readonly string[] {
  return lines.map((line, index) => (index === 0 ? first + line : line === '' ? others.trimEnd() : others + line));
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return indent === '' ? lines : lines.map((line) => indent + line);
}

function wrap(text: string, columns: number, how: { readonly wordWrap: boolean; readonly trim?: boolean }): string[] {
  return wrapAnsi(text, Math.max(1, columns), { hard: true, ...how }).split('\n');
}
