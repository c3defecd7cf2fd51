import { TextDecoder } from 'node:util';
import type { TextEncoding } from './text-encoding.ts';

/** Tells the encoding by the first bytes; null while these are too few, unless there are no more. */
export type TellEncoding = (head: Buffer, isWhole: boolean) => TextEncoding | null;

/**
 * A text in pieces as UTF-8: some shells of Windows write what a program prints in UTF-16. Bytes of UTF-8 stay as they
 * are, those of its mark apart; the first are held back until `tell` knows.
 * @throws what `tell` throws
 */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  tell: TellEncoding,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  const begin = (start: Buffer, { name, mark }: TextEncoding): Uint8Array => {
    decoder = name === 'utf-8' ? null : new TextDecoder(name, { ignoreBOM: true });
    return decode(start.subarray(mark), decoder);
  };
  for await (const chunk of chunks) {
    if (head === null) {
      yield decode(chunk, decoder);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const encoding = tell(head, false);
    if (encoding === null) continue;
    yield begin(head, encoding);
    head = null;
  }
  if (head !== null) {
    const encoding = tell(head, true);
    if (encoding !== null) yield begin(head, encoding);
  }
  const rest = end(decoder);
  if (rest.length > 0) yield rest;
}

function decode(bytes: Uint8Array, decoder: TextDecoder | null): Uint8Array {
  return decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
}

/** What is left of a character that was cut. */
function end(decoder: TextDecoder | null): Uint8Array {
  return Buffer.from(decoder?.decode() ?? '');
}
