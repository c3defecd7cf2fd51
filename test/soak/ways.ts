import { setTimeout as sleep } from 'node:timers/promises';
import type { OutcomeClass, RunOptions, Sink } from '../../src/index.ts';
import { library } from './library.ts';

/** How a caller treats a run; tells how it ended, or null when the caller didn't wait for that. */
export type Way = (options: RunOptions, signal: AbortSignal) => Promise<OutcomeClass | null>;

/** Waits for the end. */
export const plainly: Way = async (options, signal) => (await library.run(options, [], signal)).class;

/** Stops the run once claude has said something. */
export const aborting: Way = async (options, signal) => {
  const stop = new AbortController();
  const sink = onFirstWords(() => stop.abort('SIGINT'));
  return (await library.run(options, [sink], AbortSignal.any([stop.signal, signal]))).class;
};

/** Stops the run, and is in a hurry then. */
export const hurrying: Way = async (options, signal) => {
  const [stop, hurry] = [new AbortController(), new AbortController()];
  const sink = onFirstWords(() => {
    stop.abort('SIGTERM');
    setTimeout(() => hurry.abort(), 20);
  });
  const given = { ...options, hurry: hurry.signal };
  return (await library.run(given, [sink], AbortSignal.any([stop.signal, signal]))).class;
};

/** Leaves the loop in the middle. */
export const leaving: Way = async (options, signal) => {
  for await (const { message } of library.stream(options, signal)) {
    if (message.type === 'assistant' || message.type === 'stream_event') break;
  }
  return null;
};

/** Has a sink that can't take anything. */
export const withBrokenSink: Way = async (options, signal) => {
  const broken: Sink = {
    write: () => Promise.reject(new library.SluiceError('output_error', 'this sink is broken')),
    close() {},
  };
  return (await library.run(options, [broken], signal)).class;
};

/** Has a sink that takes its time. */
export const withSlowSink: Way = async (options, signal) => {
  const slow: Sink = {
    async write() {
      await sleep(1);
    },
    close() {},
  };
  return (await library.run(options, [slow], signal)).class;
};

function onFirstWords(action: () => void): Sink {
  let isFirst = true;
  return {
    write({ message }) {
      if (!isFirst || (message.type !== 'assistant' && message.type !== 'stream_event')) return;
      isFirst = false;
      action();
    },
    close() {},
  };
}
