import { SluiceError, reasonOf } from '../../errors.ts';
import { openInput } from '../../prompt/open-input.ts';
import { readStream } from '../../prompt/read-stream.ts';
import { SECRET_BYTES } from './jwt-algorithms.ts';
import { refuseShared } from './private-file.ts';

const MAX_BYTES = 64 * 1024;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * The shared secret of JWTs: the bytes of a file, or of a pipe, without the line end behind them.
 * @param where who named it, for errors
 * @throws SluiceError `usage` when it can't be read, others can, or it is too short for one of the algorithms
 */
export async function readJwtSecret(path: string, where: string, algorithms: readonly string[]): Promise<Uint8Array> {
  try {
    const secret = withoutLineEnd(await read(path));
    for (const algorithm of algorithms) {
      const least = SECRET_BYTES.get(algorithm) ?? 0;
      if (secret.length >= least) continue;
      throw new Error(
        `${algorithm} needs a secret of at least ${least} bytes, drawn by lot; this has ${secret.length}`,
      );
    }
    return secret;
  } catch (error) {
    throw new SluiceError('usage', `${where}: ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

async function read(path: string): Promise<Buffer> {
  const { stats, bytes } = openInput(path);
  try {
    refuseShared(stats);
    return await readStream(bytes, { limit: MAX_BYTES, tooMuch: new Error(`it has more than ${MAX_BYTES} bytes`) });
  } finally {
    bytes.destroy();
  }
}

function withoutLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}
