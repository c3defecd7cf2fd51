import { createTextCarry, type Released } from '../secrets/carry.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { asUtf8 } from '../system/as-utf8.ts';
import { guessEncoding } from './guess-encoding.ts';
import { createByteDecoder } from './decode-bytes.ts';

/** Something to be read, once and from its beginning. */
export interface Input {
  /** Its path as it was given; null for stdin. */
  readonly name: string | null;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** Told what happens to inputs while they are read. */
export interface InputWatcher {
  /** An input begins, after `at` UTF-16 units of all text. */
  onBegin(input: Input, at: number): void;
  /** An input can't be read, or no further; the next one follows. */
  onUnreadable(input: Input, error: unknown): void;
}

/**
 * Masks the secrets in inputs, read as one text as `cat` would, and yields it as soon as it is safe to be shown. Memory
 * stays flat, however long a line is. Bytes that are no UTF-8 are escaped as `createByteDecoder` does.
 * @param signal ends it: what is held back by then is never shown, since it could be half a secret
 */
export async function* filterText(
  inputs: readonly Input[],
  redactor: Redactor,
  watcher: InputWatcher,
  signal: AbortSignal,
): AsyncGenerator<Released, void, undefined> {
  const decoder = createByteDecoder();
  const carry = createTextCarry(redactor);
  let given = 0;
  for (const input of inputs) {
    watcher.onBegin(input, given);
    for await (const chunk of bytesOf(input, watcher, signal)) {
      if (signal.aborted) return;
      const text = decoder.push(chunk);
      given += text.length;
      yield carry.push(text);
    }
    if (signal.aborted) return;
  }
  yield carry.push(decoder.end());
  yield carry.end();
}

/** The bytes of an input, as UTF-8; ends where reading fails, as it does when it is given up. */
async function* bytesOf(
  input: Input,
  watcher: InputWatcher,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* asUtf8(await input.open(), guessEncoding);
  } catch (error) {
    if (!signal.aborted) watcher.onUnreadable(input, error);
  }
}
