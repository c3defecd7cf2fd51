import type { Columns, Flow } from './flow.ts';
import type { Ink, Paint } from './theme.ts';
import { splitText } from './text-lines.ts';
import { wrapWords } from './wrap.ts';

/** Text as it is, in one ink, wrapped at words. Blank lines stand only between others, and never two. */
export function createInkFlow(ink: Ink, paint: Paint, columns: Columns): Flow {
  const lines = splitText();
  let begun = false;
  let apart = false;

  function takeLine(line: string): readonly string[] {
    if (line.trim() === '') {
      apart = begun;
      return [];
    }
    const gap = apart ? [''] : [];
    begun = true;
    apart = false;
    return [...gap, ...wrapWords(line, columns()).map((wrapped) => paint(ink, wrapped))];
  }

  return {
    push: (text) => lines.push(text).flatMap(takeLine),
    unfinished: (characters) => ({ text: lines.rest().slice(-characters), apart }),
    end() {
      const last = lines.end().flatMap(takeLine);
      begun = apart = false;
      return last;
    },
  };
}
