import { SluiceError } from '../errors.ts';

/**
 * All the text of a stream such as stdin; bytes that are no UTF-8 become U+FFFD.
 * @throws SluiceError `usage` as soon as there are more than `limit` bytes
 */
export async function readStream(name: string, stream: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new SluiceError('usage', `${name} has more than ${limit} bytes; send less or raise --max-prompt`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
