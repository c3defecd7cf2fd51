import { nearest } from '../../nearest.ts';
import { SluiceError } from '../../errors.ts';
import { refuseSuperLinear } from '../../secrets/custom/linear-time.ts';
import type { RedactorOptions } from '../../secrets/redactor.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';
import type { DeclaredSecrets } from './declared-secrets.ts';

/**
 * What a redactor is to be made with, besides the environment: what settings declare, files of secrets read. Rules are
 * loaded only where they matter, since a run has better things to do before claude is started.
 * @param signal gives up on files that are slow to come
 * @throws SluiceError `usage` that names the layer, when a file, a kind or a pattern can't be used
 */
export async function redactorOptions(
  { env, files, values: own, patterns, allowKinds, allowValues, allowPatterns }: DeclaredSecrets,
  { cwd, stderr }: Io,
  signal: AbortSignal,
): Promise<RedactorOptions> {
  await refuseSuperLinear([
    ...patterns.map(({ where, kind, pattern }) => ({ name: `${where}: the secret pattern "${kind}"`, pattern })),
    ...allowPatterns.map(({ where, pattern }) => ({ name: `${where}: the pattern`, pattern })),
  ]);
  if (allowKinds.length > 0) {
    const known = await knownKinds(patterns);
    for (const { kind, where } of allowKinds) rejectUnknownKind(kind, known, where);
  }
  const values: string[] = [...own];
  if (files.length > 0) {
    const { readSecretFile } = await import('./read-secret-file.ts');
    const tell = (text: string): void => void stderr.write(`sluice: ${oneLine(text)}\n`);
    for (const file of files) values.push(...(await readSecretFile(file, cwd, signal, tell)));
  }
  return {
    values,
    secretEnv: env,
    patterns,
    allow: {
      kinds: allowKinds.map(({ kind }) => kind),
      values: allowValues,
      patterns: allowPatterns.map(({ pattern }) => pattern),
    },
  };
}

/** Whether settings say anything at all of secrets. */
export function declaresSecrets(secrets: DeclaredSecrets): boolean {
  return Object.values<readonly unknown[]>({ ...secrets }).some((list) => list.length > 0);
}

/** Every kind that may be found, sorted. */
export async function knownKinds(patterns: DeclaredSecrets['patterns']): Promise<string[]> {
  const { KINDS } = await import('../../secrets/kinds.ts');
  return [...new Set([...KINDS, ...patterns.map(({ kind }) => kind)])].toSorted();
}

function rejectUnknownKind(kind: string, known: readonly string[], where: string): void {
  if (known.includes(kind)) return;
  const near = nearest(kind, known);
  const hint = near === undefined ? '"sluice redact --list-kinds" names them all' : `did you mean ${near}?`;
  throw new SluiceError('usage', `${where}: there is no kind of secret "${kind}"; ${hint}`);
}
