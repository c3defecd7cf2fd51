import { filterText } from '../../filter/filter-text.ts';
import { type Condensed, createCondenser } from '../../prompt/condense/condense.ts';
import { keepEverything } from '../../secrets/keep-everything.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import { inputText } from '../../prompt/input-text.ts';

/**
 * Condenses a text that is too long to be held, with its secrets masked first; null for what is no text.
 * @param redactor null for a text that is to be seen as it is
 * @throws the system's error
 */
export async function condenseStream(
  bytes: AsyncIterable<Uint8Array>,
  redactor: Redactor | null,
  budget: number,
): Promise<Condensed | null> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true || !isText(first.value)) return null;
  const condenser = createCondenser({ budget });
  const watcher = {
    onBegin() {},
    onUnreadable(_: unknown, error: unknown) {
      throw error;
    },
  };
  const input = { name: null, open: () => both(first.value, { [Symbol.asyncIterator]: () => pieces }) };
  const never = new AbortController().signal;
  for await (const { text } of filterText([input], redactor ?? keepEverything(), watcher, never)) condenser.push(text);
  return condenser.end();
}

/** So many bytes at the beginning show whether a text is none. */
const ENOUGH = 64 * 1024;

function isText(head: Uint8Array): boolean {
  try {
    inputText(Buffer.from(head.subarray(0, ENOUGH)), null);
    return true;
  } catch {
    return false;
  }
}

async function* both(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}
