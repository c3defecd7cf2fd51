import { SluiceError, reasonOf } from '../../errors.ts';
import { SECRET_BYTES } from './jwt-algorithms.ts';
import { readSecretFile } from './secret-file.ts';

/**
 * The shared secret of JWTs: the bytes of a file, or of a pipe, without the line end behind them.
 * @param where who named it, for errors
 * @throws SluiceError `usage` when it can't be read, others can, or it is too short for one of the algorithms
 */
export async function readJwtSecret(path: string, where: string, algorithms: readonly string[]): Promise<Uint8Array> {
  try {
    const secret = await readSecretFile(path);
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
