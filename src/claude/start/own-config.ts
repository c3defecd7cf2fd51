import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SluiceError, reasonOf, systemCodeOf } from '../../errors.ts';
import type { PrivateFolder } from '../../system/private-folder.ts';
import { configFolder, homeOf } from './config-folder.ts';
import { replaceFile } from '../../system/replace-file.ts';

/** A configuration directory for one run of claude (`--isolate`). */
export interface OwnConfig {
  /** What claude's environment needs to find it. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Saves a renewed login; to be called once claude is gone, and before the folder goes.
   * @throws SluiceError `internal` when that fails: the old login may be worth nothing then
   */
  close(): void;
}

/**
 * What claude writes to, or could: each run has a copy. The last two are what an organisation imposes, as last fetched.
 * `.config.json` is an older name of `.claude.json`.
 */
const COPIED = ['.config.json', 'settings.json', 'remote-settings.json', 'policy-limits.json'];

/** What claude only reads. Imports in CLAUDE.md are found from where it really lies. */
const LINKED = ['CLAUDE.md', 'AGENTS.md', 'agents', 'commands', 'output-styles', 'rules', 'skills', 'workflows'];

const LOGIN = '.credentials.json';

/**
 * Makes a copy of the user's configuration in a private folder, so that runs side by side share nothing that claude
 * writes but the login, which it locks itself. Sessions and memories of projects are not in it, and what the run leaves
 * there goes with the folder.
 * @throws SluiceError `usage` when the configuration can't be read, `internal` when the copy can't be written
 */
export function createOwnConfig(
  folder: PrivateFolder,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): OwnConfig {
  const chosen = env['CLAUDE_CONFIG_DIR'] || undefined;
  const source = configFolder({ env, cwd });
  const own = join(folder.path, 'config');
  attempt('internal', own, () => mkdirSync(own, { mode: 0o700 }));

  copy(chosen === undefined ? homeOf(env) : source, own, ['.claude.json']);
  copy(source, own, COPIED);
  for (const name of LINKED) link(source, own, name);
  layOutPlugins(join(source, 'plugins'), join(own, 'plugins'));
  // For versions that look for the login nowhere else.
  link(source, own, LOGIN);

  return {
    variables: {
      CLAUDE_CONFIG_DIR: own,
      // A refresh makes the old login worthless, so there must be one for all. The name of its place in macOS's keychain
      // is made of this text, and empty means: where it is by default.
      CLAUDE_SECURESTORAGE_CONFIG_DIR: env['CLAUDE_SECURESTORAGE_CONFIG_DIR'] ?? chosen ?? '',
    },
    close() {
      saveLogin(join(own, LOGIN), join(source, LOGIN));
    },
  };
}

/**
 * The lists of plugins name where each is installed, so that these folders need not be here; and must not: 2.1.197 takes
 * what it finds in `cache` under another path for orphaned and has it deleted a week later. What plugins keep for
 * themselves in `data` stays theirs: some install what they need there.
 */
function layOutPlugins(source: string, own: string): void {
  const lists = attempt('usage', source, () => readdirSync(source).filter((name) => name.endsWith('.json')));
  if (lists === null) return;
  attempt('internal', own, () => mkdirSync(own, { mode: 0o700 }));
  copy(source, own, lists);
  link(source, own, 'data');
}

function copy(from: string, to: string, names: readonly string[]): void {
  for (const name of names) {
    const source = join(from, name);
    const content = attempt('usage', source, () => readFileSync(source));
    if (content === null) continue;
    const target = join(to, name);
    attempt('internal', target, () => writeFileSync(target, content, { mode: 0o600, flag: 'wx' }));
  }
}

/** Windows lets only administrators link files; copied there, the login still finds its way back. */
function link(from: string, to: string, name: string): void {
  const [source, target] = [join(from, name), join(to, name)];
  const stats = attempt('usage', source, () => statSync(source));
  if (stats === null) return;
  if (process.platform === 'win32' && stats.isFile()) copy(from, to, [name]);
  else attempt('internal', target, () => symlinkSync(source, target, 'junction'));
}

/** A version that renews a login by replacing the file replaces our link. */
function saveLogin(own: string, real: string): void {
  attempt('internal', real, () => {
    const [renewed, present] = [lstatSync(own, { throwIfNoEntry: false }), statSync(real, { throwIfNoEntry: false })];
    // Without a present one, the user has logged out meanwhile.
    if (renewed?.isFile() !== true || present === undefined || renewed.mtimeMs <= present.mtimeMs) return;
    replaceFile(realpathSync(real), readFileSync(own));
  });
}

/** Null for what isn't there. */
function attempt<Result>(code: 'usage' | 'internal', path: string, action: () => Result): Result | null {
  try {
    return action();
  } catch (error) {
    if (code === 'usage' && systemCodeOf(error) === 'ENOENT') return null;
    const use = code === 'usage' ? 'read' : 'written';
    throw new SluiceError(code, (name) => `${name('isolate')}: ${path} cannot be ${use}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
