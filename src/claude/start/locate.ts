import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { SluiceError, systemCodeOf } from '../../errors.ts';
import { realPathOf } from '../../system/real-path.ts';

const PACKAGE = '@anthropic-ai/claude-code';

const INSTALL = `install it with "npm install -g ${PACKAGE}"`;

/** Where to look for claude. */
export interface WhereToLook {
  /** The path that the user gave; nothing else is tried then. */
  readonly explicit?: string | undefined;
  /** Who gave it, for the error: `--claude`, `SLUICE_CLAUDE_PATH`, a configuration file. */
  readonly layer?: string | undefined;
  readonly path: string | undefined;
  readonly cwd: string;
}

/**
 * The absolute path of the `claude` to run: the one asked for, the first on `PATH`, or the one installed beside sluice.
 * Relative entries of `PATH` and the working directory are passed over: what lies there may be hostile.
 * @throws SluiceError `claude_not_found`, with what is wrong and what to do about it
 */
export function locateClaude({ explicit, layer, path, cwd }: WhereToLook): string {
  if (explicit !== undefined) {
    const chosen = resolve(cwd, explicit);
    const flaw = flawOf(chosen);
    if (flaw !== null) {
      throw new SluiceError(
        'claude_not_found',
        (name) => `${layer ?? name('claudePath')}: ${explicit} ${flaw}; give the path of another, or ${INSTALL}`,
      );
    }
    return chosen;
  }
  const found = programOnPath('claude', { path, cwd }) ?? firstUsable(besideSluice());
  if (found === null) {
    throw new SluiceError(
      'claude_not_found',
      (name) => `claude not found on PATH; ${INSTALL} or pass ${name('claudePath', 'PATH')}`,
    );
  }
  return found;
}

/** The absolute path of a program, or null; looked for where a claude is. */
export function programOnPath(name: string, { path, cwd }: Pick<WhereToLook, 'path' | 'cwd'>): string | null {
  return firstUsable(onPath(name, path, cwd));
}

/** Looks no further than that one. */
function firstUsable(candidates: Iterable<string>): string | null {
  for (const candidate of candidates) if (flawOf(candidate) === null) return candidate;
  return null;
}

function* onPath(name: string, path: string | undefined, cwd: string): Generator<string> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const here = ownName(cwd);
  for (const folder of (path ?? '').split(delimiter)) {
    if (isAbsolute(folder) && ownName(folder) !== here) yield join(folder, file);
  }
}

/** A folder by its own name, whatever links lead to it. */
function ownName(folder: string): string {
  return realPathOf(folder) ?? resolve(folder);
}

/** The native binary's own package first: it is there even where npm was told to run no install scripts. */
function* besideSluice(): Generator<string> {
  const require = createRequire(import.meta.filename);
  const platform = `${PACKAGE}-${process.platform}-${process.arch}`;
  for (const name of [platform, `${platform}-musl`, PACKAGE]) {
    let folder: string;
    try {
      folder = dirname(require.resolve(`${name}/package.json`));
    } catch {
      continue;
    }
    yield join(folder, process.platform === 'win32' ? 'claude.exe' : 'claude');
    yield join(folder, 'bin', 'claude.exe');
  }
}

/** Why a file can't be run, or null. */
function flawOf(file: string): string | null {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return 'is a directory';
    if (!stats.isFile()) return 'is not a file';
    accessSync(file, constants.X_OK);
    return null;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
    if (code === 'EACCES' || code === 'EPERM') return 'is not executable';
    return `cannot be used (${code ?? 'unknown error'})`;
  }
}
