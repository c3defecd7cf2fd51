import type { Settings } from '../../config/layers.ts';
import { createRedactor, type Redactor, type RedactorOptions } from '../../secrets/redactor.ts';
import type { Io } from '../io.ts';
import { declaredSecrets } from './declared-secrets.ts';
import { redactorOptions } from './redactor-options.ts';
import { requestOf } from './settings.ts';

/**
 * What a replay is told of secrets: what settings declare, or nothing with `--no-redact`.
 * @param signal gives up on files that are slow to come
 * @throws SluiceError `usage` that names the layer, where what is declared can't be used
 */
export async function redactionOf(
  settings: Settings,
  io: Io,
  signal: AbortSignal,
): Promise<{ readonly redactor?: RedactorOptions }> {
  if (requestOf(settings).noRedact === true) return {};
  return { redactor: await redactorOptions(declaredSecrets(settings), io, signal) };
}

/**
 * A redactor by the environment and what settings declare, for commands that mask whatever is said of `--no-redact`.
 * @param signal gives up on files that are slow to come
 * @throws SluiceError `usage` that names the layer, where what is declared can't be used
 */
export async function redactorFrom(settings: Settings, io: Io, signal: AbortSignal): Promise<Redactor> {
  return createRedactor({ env: io.env, ...(await redactorOptions(declaredSecrets(settings), io, signal)) });
}
