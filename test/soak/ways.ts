import { setTimeout as sleep } from 'node:timers/promises';
import type { Host, OutcomeClass, RunRequest, Sink } from '../../src/index.ts';
import { library } from './library.ts';

/** How a caller treats a run; tells how it ended, or null when the caller didn't wait for that. */
export type Way = (request: RunRequest, host: Host & { readonly signal: AbortSignal }) => Promise<OutcomeClass | null>;

/** Waits for the end. */
export const plainly: Way = async (request, host) => (await library.run(request, [], host)).class;

/** Stops the run once claude has said something. */
export const aborting: Way = async (request, host) => {
  const stop = new AbortController();
  const sink = onFirstWords(() => stop.abort('SIGINT'));
  return (await library.run(request, [sink], { ...host, signal: AbortSignal.any([stop.signal, host.signal]) })).class;
};

/** Stops the run, and is in a hurry then. */
export const hurrying: Way = async (request, host) => {
  const [stop, force] = [new AbortController(), new AbortController()];
  const sink = onFirstWords(() => {
    stop.abort('SIGTERM');
    setTimeout(() => force.abort(), 20);
  });
  const signal = AbortSignal.any([stop.signal, host.signal]);
  return (await library.run(request, [sink], { ...host, signal, forceStop: force.signal })).class;
};

/** Leaves the loop in the middle. */
export const leaving: Way = async (request, host) => {
  for await (const { message } of library.stream(request, host)) {
    if (message.type === 'assistant' || message.type === 'stream_event') break;
  }
  return null;
};

/** Has a sink that can't take anything. */
export const withBrokenSink: Way = async (request, host) => {
  const broken: Sink = {
    write: () => Promise.reject(new library.SluiceError('output_error', 'this sink is broken')),
    close() {},
  };
  return (await library.run(request, [broken], host)).class;
};

/** Has a sink that takes its time. */
export const withSlowSink: Way = async (request, host) => {
  const slow: Sink = {
    async write() {
      await sleep(1);
    },
    close() {},
  };
  return (await library.run(request, [slow], host)).class;
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
