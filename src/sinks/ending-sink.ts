import type { Output } from './output.ts';
import type { Ending, Sink } from './sink.ts';

/** Makes a text of how a run ended; null where there is none to be made. */
export type TextOf = (ending: Ending) => string | null;

/** One text at the end; what makes it is loaded then. */
export function endingSink(out: Output, load: () => Promise<TextOf>): Sink {
  return {
    write() {},
    async close(ending) {
      const text = (await load())(ending);
      if (text !== null) await out.write(text);
    },
  };
}
