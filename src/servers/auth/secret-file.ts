import { openInput } from '../../prompt/open-input.ts';
import { readStream } from '../../prompt/read-stream.ts';
import { refuseShared } from './private-file.ts';

const MAX_BYTES = 64 * 1024;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * The bytes of a file, or of a pipe, without the line end behind them.
 * @throws the system's error where it can't be read, an Error where others can read it
 */
export async function readSecretFile(path: string): Promise<Buffer> {
  const { stats, bytes } = openInput(path);
  try {
    refuseShared(stats);
    const read = await readStream(bytes, {
      limit: MAX_BYTES,
      tooMuch: new Error(`it has more than ${MAX_BYTES} bytes`),
    });
    return withoutLineEnd(read);
  } finally {
    bytes.destroy();
  }
}

function withoutLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}
