import stringWidth from 'string-width';
import type { Terminal } from '../../../../src/sinks/output.ts';

/** A terminal that obeys the few sequences that pretty may use, and refuses all others. */
export interface FakeScreen {
  readonly terminal: Terminal;
  /** What can be seen, scrolled off or not; without colours. */
  text(): string;
  /** All that was written, sequences too. */
  written(): string;
  /** Gives the window another width; what is on it stays, as in terminals that do not wrap anew. */
  resize(columns: number): void;
}

const SEQUENCE = /^\u001B\[(\??[\d;]*)([A-Za-z])/;

/** A screen of so many columns and rows. The cursor can't go above its first row, as it can't on a real one. */
export function fakeScreen(columns: number, rows: number, colorLevel: Terminal['colorLevel'] = 0): FakeScreen {
  let width = columns;
  let lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  let all = '';

  function put(character: string): void {
    if (column >= width) newLine();
    const line = (lines[row] ??= []);
    while (line.length < column) line.push(' ');
    const wide = Math.max(1, stringWidth(character));
    line.splice(column, wide, character, ...Array.from({ length: wide - 1 }, () => ''));
    column += wide;
  }

  function newLine(): void {
    row++;
    column = 0;
    lines[row] ??= [];
  }

  function obey(parameters: string, final: string): void {
    if (final === 'm' || ((final === 'h' || final === 'l') && parameters === '?2026')) return;
    if (final === 'A') row = Math.max(lines.length - rows, 0, row - Number(parameters));
    else if (final === 'K' && parameters === '') lines[row] = (lines[row] ?? []).slice(0, column);
    else if (final === 'J' && parameters === '') {
      lines[row] = (lines[row] ?? []).slice(0, column);
      lines = lines.slice(0, row + 1);
    } else throw new Error(`not to be used: ESC [ ${parameters} ${final}`);
  }

  function write(text: string): void {
    all += text;
    for (let rest = text; rest !== '';) {
      const sequence = SEQUENCE.exec(rest);
      if (sequence !== null) obey(sequence[1] ?? '', sequence[2] ?? '');
      const [first = ''] = rest;
      const taken = sequence?.[0] ?? (new Intl.Segmenter().segment(rest).containing(0)?.segment || first);
      if (sequence === null && taken === '\n') newLine();
      else if (sequence === null && taken === '\r') column = 0;
      else if (sequence === null) {
        if (/\p{Cc}/u.test(taken)) throw new Error(`a control character: ${JSON.stringify(taken)}`);
        put(taken);
      }
      rest = rest.slice(taken.length);
    }
  }

  return {
    terminal: { isTTY: true, colorLevel, columns: () => width, rows: () => rows, write },
    text: () => lines.map((line) => line.join('').trimEnd()).join('\n'),
    written: () => all,
    resize(to) {
      width = to;
    },
  };
}
