import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** The terminal that the user sits at, whatever is piped in or out. */
export interface UsersTerminal {
  /** Shows a text and waits for a line; null when the signal comes first, or there is no line to come. */
  ask(text: string, signal: AbortSignal): Promise<string | null>;
  say(text: string): void;
}

const TERMINAL = '/dev/tty';

/** Null where there is none, as under cron, in CI, and on Windows. */
export function openUsersTerminal(write: (descriptor: number, text: string) => void): UsersTerminal | null {
  try {
    closeSync(openSync(TERMINAL, 'r+'));
  } catch {
    return null;
  }
  return {
    say: (text) => withTerminal((descriptor) => write(descriptor, text)),
    async ask(text, signal) {
      withTerminal(takeTypedAhead);
      withTerminal((descriptor) => write(descriptor, text));
      return readLine(signal);
    },
  };
}

function withTerminal(use: (descriptor: number) => void): void {
  const descriptor = openSync(TERMINAL, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A line that was typed before the question is no answer to it. */
function takeTypedAhead(descriptor: number): void {
  const buffer = Buffer.alloc(4096);
  try {
    while (readSync(descriptor, buffer) > 0);
  } catch {
    // There is nothing more.
  }
}

function readLine(signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const input = new ReadStream(openSync(TERMINAL, 'r'));
    let typed = '';
    const done = (line: string | null): void => {
      signal.removeEventListener('abort', onAbort);
      input.destroy();
      resolve(line);
    };
    const onAbort = (): void => done(null);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) return onAbort();
    input.on('data', (bytes) => {
      typed += bytes.toString();
      const end = typed.search(/[\r\n]/);
      if (end !== -1) done(typed.slice(0, end));
    });
    input.on('error', onAbort);
    input.on('end', onAbort);
  });
}
