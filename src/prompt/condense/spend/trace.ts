/** What stands before the line of a log of CI, or of a container. */
const PREFIX = String.raw`(?:\S*\d(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] )?)?`;

/** A frame of a stack, or a line that only makes sense below the one before it. */
const FRAME = new RegExp(
  String.raw`^${PREFIX}(?:\s+(?:at \S|File "|\.{3} \d+ |#\d+ |\d+: 0x|-->|\||\^|╵|│|❯ )|Caused by: |Suppressed: |goroutine \d+ \[|During handling of the above)`,
);

const BLANKS = /\s*/y;

/**
 * Whether a line belongs to the record before it: a frame of a stack, or what is indented below one.
 * @param indent that of the record's last frame; null where it has none
 * @returns how far it is indented, or null where it does not belong there
 */
export function indentInTrace(line: string, indent: number | null): number | null {
  const code = line.charCodeAt(0);
  // Most lines begin with a letter that no such line begins with.
  const isAscii = code > 0x20 && code < 0x7f;
  if (isAscii && !FIRST_LETTERS.has(code)) return null;
  if (FRAME.test(line)) return indentOf(line);
  return indent !== null && indent > 0 && indentOf(line) >= indent ? indent : null;
}

const FIRST_LETTERS = new Set(Array.from('CSgD0123456789', (letter) => letter.charCodeAt(0)));

function indentOf(line: string): number {
  BLANKS.lastIndex = PREFIX_END.exec(line)?.[0].length ?? 0;
  return BLANKS.exec(line)?.[0].length ?? 0;
}
const PREFIX_END = new RegExp(`^${PREFIX}`);
