import stringWidth from 'string-width';

/** The lower end of a terminal's text: what is to stay, and below it what is drawn over until it stays or goes. */
export interface Screen {
  /**
   * What to write so that the kept lines stand where the drawn ones did, and the new ones are drawn below. The cursor is
   * left behind the last drawn line, or at the start of a new one where nothing is drawn.
   */
  update(kept: readonly string[], drawn: readonly string[]): string;
  atLineStart(): boolean;
}

const CLEAR_LINE_END = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';
/** What is between these is shown at once by terminals that know them; the others ignore them. */
const BEGIN_UPDATE = '\u001B[?2026h';
const END_UPDATE = '\u001B[?2026l';

/**
 * Writes only what has changed, so that nothing flickers, and moves the cursor only within what it has drawn. Where that
 * is can't be known in a window that has become too narrow for it, since terminals differ, nor after others have written:
 * what was drawn is left alone then, and nothing is drawn any more until there is something to keep. Where nothing is
 * ever drawn, no cursor is moved.
 * @param columns how wide a line may be now
 * @param wasLeft whether others may have written since this was asked last
 */
export function createScreen(columns: () => number, wasLeft: () => boolean): Screen {
  /** What can still be changed; the cursor stands at the end of the last of these lines. */
  let before: readonly string[] = [''];
  let width = columns();
  let isPaused = false;

  /** What has to be written before anything else, where what was drawn is out of reach. */
  function letGo(): string {
    const now = columns();
    const isTooNarrow = now < width && before.some((line) => stringWidth(line) > now);
    width = now;
    const isLeft = wasLeft();
    if (!isTooNarrow && !isLeft) return '';
    isPaused = true;
    before = [''];
    return isLeft ? '' : '\n';
  }

  return {
    update(kept, drawn) {
      const left = letGo();
      if (kept.length > 0) isPaused = false;
      const shown = isPaused ? [] : drawn;
      const after = shown.length === 0 ? [...kept, ''] : [...kept, ...shown];
      const changes = change(before, after);
      before = shown.length === 0 ? [''] : shown;
      return left + changes;
    },
    atLineStart: () => before.at(-1) === '',
  };
}

/** From some lines, with the cursor at the end of the last, to others. */
function change(before: readonly string[], after: readonly string[]): string {
  const same = countSame(before, after);
  const last = before.length - 1;
  const [was = '', becomes = ''] = [before[last], after[last]];
  if (same >= last && last < after.length && continues(becomes, was)) {
    return [becomes.slice(was.length), ...after.slice(before.length)].join('\n');
  }
  const first = Math.min(same, after.length - 1);
  const lines = after.slice(first).map((line, index) => (first + index <= last ? line + CLEAR_LINE_END : line));
  const rest = after.length < before.length ? CLEAR_BELOW : '';
  return BEGIN_UPDATE + goUp(last - first) + lines.join('\n') + rest + END_UPDATE;
}

/** Whether a line only has to be written on. What is not ASCII may change the character before it. */
function continues(line: string, was: string): boolean {
  return line.startsWith(was) && (was === '' || /^[ -~]?$/.test(line.slice(was.length, was.length + 1)));
}

function countSame(some: readonly string[], others: readonly string[]): number {
  let same = 0;
  while (same < some.length && same < others.length && some[same] === others[same]) same++;
  return same;
}

/** To the start of the line that is so many above. */
function goUp(lines: number): string {
  return lines === 0 ? '\r' : `\r\u001B[${lines}A`;
}
