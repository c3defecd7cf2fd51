import { reasonOf, SluiceError } from '../../errors.ts';
import { readSecretFile } from '../auth/secret-file.ts';

/** How keys begin that are base64, as the libraries of Standard Webhooks take them. */
const PREFIX = 'whsec_';

/** Bytes, as Standard Webhooks asks for. */
const LEAST = 24;

/**
 * The key that callbacks are signed with: the bytes of a file without the line end behind them; after `whsec_`, what their
 * base64 stands for.
 * @param where who named it, for errors
 * @throws SluiceError `usage` when it can't be read, others can, or it is too short
 */
export async function readCallbackKey(path: string, where: string): Promise<Uint8Array> {
  try {
    const bytes = await readSecretFile(path);
    const key = bytes.subarray(0, PREFIX.length).toString('latin1') === PREFIX ? decoded(bytes) : bytes;
    if (key.length >= LEAST) return key;
    throw new Error(`a key needs at least ${LEAST} bytes, drawn by lot; this has ${key.length}`);
  } catch (error) {
    throw new SluiceError('usage', `${where}: ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function decoded(bytes: Buffer): Buffer {
  const base64 = bytes.subarray(PREFIX.length).toString('latin1');
  if (!/^[\w+/-]*={0,2}$/.test(base64)) throw new Error(`what stands behind ${PREFIX} is no base64`);
  return Buffer.from(base64, 'base64');
}
