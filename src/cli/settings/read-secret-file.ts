import { isUtf8 } from 'node:buffer';
import { addAbortSignal } from 'node:stream';
import { resolve } from 'node:path';
import { SluiceError, reasonOf } from '../../errors.ts';
import { openInput } from '../../prompt/open-input.ts';
import { readStream } from '../../prompt/read-stream.ts';
import { TOLD_AFTER_MS, watchSilence } from '../../prompt/watch-silence.ts';
import { MIN_VALUE } from '../../secrets/redactor.ts';
import type { SecretFile } from './declared-secrets.ts';

/** Room for some thousand secrets; a larger file is most likely the wrong one. */
const MAX_BYTES = 64 * 1024;

/**
 * The secrets in a file: UTF-8, one a line, without the blanks around it; blank lines are none. No error shows one.
 * @param signal ends the wait for a pipe, without secrets
 * @param onSilence told what is waited for, once a pipe has been silent for long
 * @throws SluiceError `usage` that names the file, who named it, and the line
 */
export async function readSecretFile(
  { path, where, byProject }: SecretFile,
  cwd: string,
  signal: AbortSignal,
  onSilence: (text: string) => void,
): Promise<string[]> {
  const fail = (what: string, cause?: unknown): never => {
    throw new SluiceError('usage', `${where}: ${path}${what}`, { cause });
  };
  const tell = (): void => onSilence(`waiting for ${path} (${where}), which is silent so far`);
  const bytes = await read(resolve(cwd, path), byProject, signal, tell).catch((error: unknown) =>
    fail(` cannot be read: ${reasonOf(error)}`, error),
  );
  if (signal.aborted) return [];
  if (!isUtf8(bytes)) fail(': it is not UTF-8');
  const lines = bytes
    .toString('utf8')
    // Some editors put a byte order mark in front.
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim());
  const short = lines.findIndex((line) => line !== '' && line.length < MIN_VALUE);
  if (short !== -1) {
    fail(`: line ${short + 1}: a secret must have at least ${MIN_VALUE} characters, not ${lines[short]?.length}`);
  }
  const secrets = lines.filter((line) => line !== '');
  if (secrets.length === 0) fail(': there is no secret in it; write one a line');
  return secrets;
}

async function read(path: string, plainOnly: boolean, signal: AbortSignal, onSilence: () => void): Promise<Buffer> {
  const { stats, bytes } = openInput(path);
  const silence = watchSilence(TOLD_AFTER_MS, onSilence);
  try {
    if (plainOnly && !stats.isFile()) throw new Error('a project file can only name a plain file');
    const tooMuch = new Error(`it has more than ${MAX_BYTES} bytes`);
    const reading = { limit: MAX_BYTES, tooMuch, enough: signal, onPiece: silence.heard };
    return await readStream(addAbortSignal(signal, bytes), reading);
  } finally {
    silence.end();
    bytes.destroy();
  }
}
