import { readFileSync, statSync } from 'node:fs';
import { systemCodeOf } from '../errors.ts';
import type { SluiceError } from '../errors.ts';

/** What is looked at: where a run would be started, and with what. */
export interface Setup {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The claude that a run would use, or why there is none. */
  readonly claude: string | SluiceError;
}

/** Files of configuration are smaller. */
const MOST_READ = 4 * 1024 * 1024;

/** The text of a file; null when there is none. @throws the system's error, or one that says what it is instead */
export function textOf(file: string): string | null {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new Error('it is no plain file');
    if (stats.size > MOST_READ) throw new Error(`it has ${stats.size} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return null;
    throw error;
  }
}

/** What a variable is set to; undefined where it is empty too, as programs take it. */
export function valueOf({ env }: Pick<Setup, 'env'>, name: string): string | undefined {
  return env[name] || undefined;
}
