import { cut, widthOf } from '../clip.ts';
import type { Ink, Paint } from '../theme.ts';
import { wrapCode } from '../wrap.ts';

/** Long enough to be seen as a frame, short enough to stay quiet. */
const FRAME = 48;
const LONGEST_LANGUAGE = 20;

/** The line above a piece of code: a rule with the language in it. */
export function frameTop(info: string, columns: number, paint: Paint): string {
  const language = cut(languageOf(info), Math.min(LONGEST_LANGUAGE, columns - 4));
  const label = language === '' ? '' : `─ ${language} `;
  return paint('dim', label + '─'.repeat(Math.max(0, Math.min(FRAME, columns) - widthOf(label))));
}

/** The line below it. */
export function frameBottom(columns: number, paint: Paint): string {
  return paint('dim', '─'.repeat(Math.min(FRAME, columns)));
}

/** One line of code, as many lines as it takes. Code can be copied as it stands: nothing is put before it. */
export function codeLines(line: string, info: string, columns: number, paint: Paint): readonly string[] {
  const ink = isDiff(info) ? inkInDiff(line) : 'plain';
  return wrapCode(line, columns).map((piece) => paint(ink, piece));
}

/** What a line of a diff is drawn in. */
function inkInDiff(line: string): Ink {
  if (/^(?:\+\+\+|---|diff|index) /.test(line)) return 'strong';
  if (line.startsWith('+')) return 'good';
  if (line.startsWith('-')) return 'bad';
  return line.startsWith('@@') ? 'accent' : 'plain';
}

function isDiff(info: string): boolean {
  return /^(?:diff|patch|udiff)$/i.test(languageOf(info));
}

function languageOf(info: string): string {
  return /^\S*/.exec(info)?.[0] ?? '';
}
