import { skeletonIn, skeletonOf } from '../mine/skeleton.ts';
import { cleanLine } from './clean-line.ts';
import { type LineSplitter, splitLines } from './split-lines.ts';

const CARRIAGE_RETURN = 13;

/** So many characters are looked at together. */
const MOST_TOGETHER = 64 * 1024;

/**
 * Calls back with each line as a person would have seen it, and its skeleton. Where text is ASCII, as most logs are, its
 * bytes are looked at once for both: a line without control characters is clean already.
 */
export function readLines(onLine: (line: string, skeleton: number) => void): LineSplitter {
  // Where a character takes more than a byte there is room for one more than there are characters.
  const bytes = Buffer.alloc(MOST_TOGETHER + 4);
  const splitter = splitLines((raw) => {
    const text = cleanLine(raw);
    onLine(text, skeletonOf(text));
  });

  /** Reads whole lines. */
  function read(text: string): void {
    const isAscii = bytes.write(text, 'utf8') === text.length;
    if (!isAscii) return splitter.push(text);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const last = bytes[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end;
      const skeleton = skeletonIn(bytes, start, last);
      const raw = text.slice(start, last);
      if (skeleton >= 0 && cleanLine(raw, true) === raw) onLine(raw, skeleton);
      else splitter.push(text.slice(start, end + 1));
      start = end + 1;
    }
  }

  return {
    push(text) {
      // What was held back is joined first; then lines begin where the rest does.
      let from = splitter.isHolding() ? text.indexOf('\n') + 1 || text.length : 0;
      splitter.push(text.slice(0, from));
      while (from < text.length) {
        const end = text.lastIndexOf('\n', from + MOST_TOGETHER - 1) + 1;
        if (end <= from) break;
        read(text.slice(from, end));
        from = end;
      }
      splitter.push(text.slice(from));
    },
    end: splitter.end,
    isHolding: splitter.isHolding,
  };
}
