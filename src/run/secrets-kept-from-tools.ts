import type { RunRequest } from '../request/run-request.ts';
import type { Host } from './host.ts';

/**
 * The names of variables that hold secrets, which no tool is to have; undefined where that was not asked for, so that
 * nothing is loaded for it.
 * @throws SluiceError `usage` for a declared secret that is not acceptable
 */
export async function secretsKeptFromTools(
  { scrubToolEnv, keepToolEnv = [] }: RunRequest,
  { env = process.env, redactor }: Pick<Host, 'env' | 'redactor'>,
): Promise<readonly string[] | undefined> {
  if (scrubToolEnv !== true) return undefined;
  const { secretVariables } = await import('../secrets/secret-variables.ts');
  return secretVariables(env, redactor).filter((name) => !keepToolEnv.includes(name));
}
