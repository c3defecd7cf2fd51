import { addAbortSignal, type Readable } from 'node:stream';
import { formatDuration } from '../../request/kinds/durations.ts';
import { SluiceError, messageOf } from '../../errors.ts';
import { numbered } from '../../outcome/words.ts';
import { fitIn } from '../../prompt/fit-in.ts';
import type { Inputs } from '../../prompt/follow-inputs.ts';
import type { Condensation } from '../../request/prompt.ts';
import type { CondenseStream } from '../../prompt/read-files.ts';
import { type InputText, inputText } from '../../prompt/input-text.ts';
import { readStream } from '../../prompt/read-stream.ts';

/** How patiently, and how far, stdin is read. */
export interface PipeReading {
  /** Bytes allowed. */
  readonly limit: number;
  /** The file that stdin is redirected from, for commands that name it; null for a pipe. */
  readonly stdinFile: string | null;
  /** Whether a stdin that stays silent is done without, when there is a prompt. */
  readonly stdinMayBeIdle: boolean;
  /** Milliseconds after which stdin is done with, wherever it stands; undefined for no such limit. */
  readonly stdinTimeout: number | undefined;
  /** Where it was said that nothing is to be done without stdin, for errors; undefined where that was not. */
  readonly requireStdin: string | undefined;
  /** Ends all reading, when the prompt is not needed any more. */
  readonly signal: AbortSignal;
  readonly inputs: Inputs;
  /** Makes less of what is over the limit; null where that is refused. */
  readonly condense: CondenseStream | null;
  /** Told at once what is not waited for any more. */
  readonly onWait: (text: string) => void;
}

/** What came through stdin. */
export interface Piped {
  readonly text: string;
  /** What was left out of it, where it was over the limit. */
  readonly condensed?: Condensation | undefined;
  /** What is to be known of it later. */
  readonly warnings: readonly string[];
}

/** The rest of the prompt. */
export interface Rest {
  /** Whether there is one. */
  readonly exists: boolean;
  /** Its bytes. */
  readonly size: number;
}

/** How long an idle stdin may stay silent when there is a prompt without it; claude itself waits as long for any. */
const IDLE_MS = 3_000;

/**
 * The text of stdin until it ends, or is not to be waited for any more.
 * @throws SluiceError `usage` when there is too much, it is binary, or nothing came and that will not do
 */
export async function readPiped(stdin: Readable, reading: PipeReading, rest: Rest): Promise<Piped> {
  const { stdinFile, requireStdin, signal, onWait } = reading;
  const { bytes, stopped, condensed } = await readUntilStopped(stdin, reading, rest);
  if (signal.aborted) return { text: '', warnings: [] };
  const { text, oddities } = decode(bytes, stdinFile);
  if (requireStdin !== undefined && text.trim() === '')
    throw new SluiceError(
      'usage',
      `${requireStdin}: ${stopped ?? describeEmpty(bytes)}; see what comes before the pipe`,
    );
  if (stopped !== null && bytes.length === 0 && !rest.exists)
    throw new SluiceError('usage', `nothing to ask: there is no prompt, and ${stopped}`);
  const cut =
    stopped === null
      ? null
      : `${stopped}; going on ${bytes.length === 0 ? 'without it' : `with ${numbered(bytes.length, 'byte')}`}`;
  if (cut !== null) onWait(cut);
  const empty = cut === null && rest.exists && text.trim() === '' ? `${describeEmpty(bytes)}; ${WHAT_TO_SAY}` : null;
  const odd = oddities === null ? null : `stdin has ${oddities}`;
  return { text, condensed, warnings: [cut, empty, odd].filter((warning) => warning !== null) };
}

/** The bytes, and why they are not all there are, in words. */
async function readUntilStopped(
  stdin: Readable,
  { stdinFile, stdinMayBeIdle, stdinTimeout, requireStdin, limit, signal, inputs, condense }: PipeReading,
  rest: Rest,
): Promise<{ readonly bytes: Buffer; readonly stopped: string | null; readonly condensed?: Condensation | undefined }> {
  const given = new AbortController();
  const enough = AbortSignal.any([signal, given.signal]);
  const isDispensable = rest.exists && requireStdin === undefined;
  const idle = isDispensable && stdinMayBeIdle ? setTimeout(() => given.abort(IDLE), IDLE_MS) : undefined;
  const timer = stdinTimeout === undefined ? undefined : setTimeout(() => given.abort(TIME_IS_UP), stdinTimeout);
  const input = inputs.begin('stdin');
  const reason = `stdin has more than ${limit} bytes, the limit (--max-prompt)`;
  let condensed: Condensation | undefined;
  try {
    const bytes = await readStream(addAbortSignal(enough, stdin), {
      limit,
      tooMuch: new SluiceError('usage', `${reason}; ${fitIn(limit - rest.size, stdinFile)}`),
      onOverflow:
        condense &&
        (async (stream) => {
          const less = await condense(stream);
          condensed = less?.condensed ?? undefined;
          return less && Buffer.from(less.text);
        }),
      enough,
      onPiece(size) {
        clearTimeout(idle);
        input.progress(size);
      },
    });
    if (given.signal.reason === IDLE) return { bytes, stopped: 'stdin is open but silent', condensed };
    if (given.signal.reason !== TIME_IS_UP || stdinTimeout === undefined) return { bytes, stopped: null, condensed };
    const state = bytes.length === 0 ? 'silent' : 'open';
    return {
      bytes,
      stopped: `stdin is still ${state} after ${formatDuration(stdinTimeout)} (--stdin-timeout)`,
      condensed,
    };
  } finally {
    input.end();
    clearTimeout(idle);
    clearTimeout(timer);
  }
}

const WHAT_TO_SAY = 'say --no-stdin where that is right, --require-stdin where it must not be';

const IDLE = Symbol('idle');
const TIME_IS_UP = Symbol('--stdin-timeout');

function decode(bytes: Buffer, file: string | null): InputText {
  try {
    return inputText(bytes, file);
  } catch (error) {
    throw new SluiceError('usage', `stdin cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function describeEmpty(bytes: Buffer): string {
  return bytes.length === 0
    ? 'nothing was piped in: stdin ended after 0 bytes'
    : `nothing was piped in but blanks (${numbered(bytes.length, 'byte')})`;
}
