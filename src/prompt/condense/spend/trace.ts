import { PREFIX } from '../mine/prefix.ts';

/** A frame of a stack, or a line that only makes sense below the one before it. */
const FRAME = new RegExp(
  String.raw`^${PREFIX}(?:\s+(?:at \S|File "|\.{3} \d+ |#\d+ |\d+: 0x|-->|\||\^|╵|│|❯ )|Caused by: |Suppressed: |goroutine \d+ \[|During handling of the above)`,
);

const BLANKS = /\s*/y;

/** What of a line matters to a stack trace that it may belong to. Lines of one skeleton have the same. */
export interface FormInTrace {
  /** Whether it is a frame of a stack, or only makes sense below the one before it. */
  readonly isFrame: boolean;
  /** How far it is indented. */
  readonly indent: number;
}

export function formInTrace(line: string): FormInTrace {
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

function indentOf(line: string): number {
  BLANKS.lastIndex = PREFIX_END.exec(line)?.[0].length ?? 0;
  return BLANKS.exec(line)?.[0].length ?? 0;
}
const PREFIX_END = new RegExp(`^${PREFIX}`);
