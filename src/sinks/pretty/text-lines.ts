import { wholeUnits } from '../../shorten.ts';

/** Cuts text that comes in pieces into lines. */
export interface TextLines {
  /** The lines that are whole now. */
  push(text: string): readonly string[];
  /** The last line, as far as it has come. */
  rest(): string;
  /** The last line, if there is anything of it; the next text begins anew. */
  end(): readonly string[];
}

/** What has no line's end for so many characters is cut there: nothing waits for ever, and pieces make no difference. */
const LONGEST = 64 * 1024;

/** Starts at a line's start. Linear in the text, however small the pieces. */
export function splitText(): TextLines {
  let rest = '';

  function add(text: string): string[] {
    rest += text;
    const lines: string[] = [];
    while (rest.length > LONGEST) {
      const length = wholeUnits(rest, LONGEST);
      lines.push(rest.slice(0, length));
      rest = rest.slice(length);
    }
    return lines;
  }

  function take(): string {
    const line = rest;
    rest = '';
    return line;
  }

  return {
    push(text) {
      const lines: string[] = [];
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        lines.push(...add(text.slice(start, end)), take());
        start = end + 1;
      }
      lines.push(...add(text.slice(start)));
      return lines;
    },
    rest: () => rest,
    end: () => (rest === '' ? [] : [take()]),
  };
}
