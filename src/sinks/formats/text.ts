import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';

/**
 * Exactly the answer and one newline, or what there was of it; nothing when there was none.
 * @param show what is done to the text before it is written, such as neutralising it for a terminal
 */
export function createTextSink(out: Output, show: (text: string) => string = (text) => text): Sink {
  return {
    write() {},
    close({ report: { result } }) {
      const text =
        result.summary === '' && result.structured !== undefined ? JSON.stringify(result.structured) : result.summary;
      if (text !== '') return out.write(`${withoutLastNewlines(show(text))}\n`);
    },
  };
}

function withoutLastNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}
