/** What stands before the line of a log of CI, or of a container. */
const PREFIX = String.raw`(?:\S*\d(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] )?)?`;

/** A frame of a stack, or a line that only makes sense below the one before it. */
const FRAME = new RegExp(
  String.raw`^${PREFIX}(?:\s+(?:at \S|File "|\.{3} \d+ |#\d+ |\d+: 0x|-->|\||\^|╵|│|❯ )|Caused by: |Suppressed: |goroutine \d+ \[|During handling of the above)`,
);

const BLANKS = /\s*/y;

/** What of a line matters to a stack trace that it may belong to. Lines of one skeleton have the same. */
export interface FormInTrace {
  /** Whether it is a frame of a stack, or only makes sense below the one before it. */
  readonly isFrame: boolean;
  /** How far it is indented; below 0 where it can't belong to any. */
  readonly indent: number;
}

const OUTSIDE: FormInTrace = { isFrame: false, indent: -1 };

export function formInTrace(line: string): FormInTrace {
  const code = line.charCodeAt(0);
  // Most lines begin with a letter that no such line begins with.
  const isAscii = code > 0x20 && code < 0x7f;
  if (isAscii && !FIRST_LETTERS.has(code)) return OUTSIDE;
  return { isFrame: FRAME.test(line), indent: indentOf(line) };
}

/**
 * Whether a line belongs to the record before it: a frame of a stack, or what is indented below one.
 * @param above how far the record's last frame is indented; null where it has none
 * @returns how far it is indented, or null where it does not belong there
 */
export function indentInTrace({ isFrame, indent }: FormInTrace, above: number | null): number | null {
  if (isFrame) return indent;
  return above !== null && above > 0 && indent >= above ? above : null;
}

const FIRST_LETTERS = new Set(Array.from('CSgD0123456789', (letter) => letter.charCodeAt(0)));

function indentOf(line: string): number {
  BLANKS.lastIndex = PREFIX_END.exec(line)?.[0].length ?? 0;
  return BLANKS.exec(line)?.[0].length ?? 0;
}
const PREFIX_END = new RegExp(`^${PREFIX}`);
