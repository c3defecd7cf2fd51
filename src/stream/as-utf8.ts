import { TextDecoder } from 'node:util';
import { SluiceError } from '../errors.ts';
import { binaryKindOf } from '../system/binary-kind.ts';
import { encodingOf } from '../system/text-encoding.ts';

/** Bytes that tell an encoding, or what is no text. */
const HEAD = 16;

/**
 * A text in pieces as UTF-8 without a byte order mark: some shells of Windows write what a program prints in UTF-16.
 * @throws SluiceError `usage` when it begins as files do that are no text
 */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    if (head === null) {
      yield decode(chunk, decoder);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    decoder = decoderOf(head);
    yield decode(withoutMark(head), decoder);
    head = null;
  }
  if (head !== null) {
    decoder = decoderOf(head);
    yield decode(withoutMark(head), decoder);
  }
  if (decoder !== null) yield Buffer.from(decoder.decode());
}

/** Null for UTF-8. */
function decoderOf(head: Buffer): TextDecoder | null {
  const kind = binaryKindOf(head);
  if (kind !== undefined) {
    const advice = kind.extract === undefined ? '' : `; try: ${kind.extract} | sluice replay`;
    throw new SluiceError('usage', `what is to be replayed is ${kind.name}, and no recording${advice}`);
  }
  const { name } = encodingOf(head);
  return name === 'utf-8' ? null : new TextDecoder(name);
}

function withoutMark(head: Buffer): Buffer {
  return head.subarray(encodingOf(head).mark);
}

function decode(bytes: Uint8Array, decoder: TextDecoder | null): Uint8Array {
  return decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
}
