import { addAbortSignal, type Readable } from 'node:stream';
import { formatDuration } from '../request/kinds/durations.ts';
import { SluiceError } from '../errors.ts';
import { readStream } from '../prompt/read-stream.ts';
import { TOLD_AFTER_MS, watchSilence } from '../prompt/watch-silence.ts';

/** How patiently, and how far, stdin is read. */
export interface PipeReading {
  /** Bytes allowed. */
  readonly limit: number;
  /** Whether a stdin that stays silent is done without, when there is a prompt. */
  readonly stdinMayBeIdle: boolean;
  /** Milliseconds after which stdin is done with, wherever it stands; undefined for no such limit. */
  readonly stdinTimeout: number | undefined;
  /** Ends all reading: nobody asks for the prompt any more. */
  readonly signal: AbortSignal;
  /** Told what is waited for, and what is not any more. */
  readonly onWait: (text: string) => void;
}

/** How long an idle stdin may stay silent when there is a prompt without it; claude itself waits as long for any. */
const IDLE_MS = 3_000;

/**
 * The text of stdin until it ends, or is not to be waited for any more.
 * @param dispensable whether there is a prompt without it
 * @throws SluiceError `usage` when there is too much, or when nothing came in time and nothing else is there
 */
export async function readPiped(
  stdin: Readable,
  { stdinMayBeIdle, stdinTimeout, limit, signal, onWait }: PipeReading,
  dispensable: boolean,
): Promise<string> {
  const idle = dispensable && stdinMayBeIdle;
  const given = new AbortController();
  const enough = AbortSignal.any([signal, given.signal]);
  const forget = watchSilence(stdin, idle ? IDLE_MS : TOLD_AFTER_MS, () => {
    onWait(idle ? 'stdin is open but silent; going on without it' : 'waiting for stdin, which is silent so far');
    if (idle) given.abort();
  });
  const timer = stdinTimeout === undefined ? undefined : setTimeout(() => given.abort(TIME_IS_UP), stdinTimeout);
  const tooMuch = new SluiceError('usage', `stdin has more than ${limit} bytes; send less or raise --max-prompt`);
  try {
    const bytes = await readStream(addAbortSignal(enough, stdin), { limit, tooMuch, enough });
    if (stdinTimeout !== undefined && given.signal.reason === TIME_IS_UP)
      onWait(describeCut(stdinTimeout, bytes.length, dispensable));
    return bytes.toString('utf8');
  } finally {
    forget();
    clearTimeout(timer);
  }
}

const TIME_IS_UP = Symbol('--stdin-timeout');

/** @throws SluiceError `usage` when there is nothing to ask without it */
function describeCut(limit: number, bytes: number, dispensable: boolean): string {
  const after = `after ${formatDuration(limit)} (--stdin-timeout)`;
  if (bytes > 0) return `stdin is still open ${after}; going on with ${bytes} bytes`;
  if (dispensable) return `stdin is still silent ${after}; going on without it`;
  throw new SluiceError('usage', `nothing to ask: there is no prompt, and stdin is still silent ${after}`);
}
