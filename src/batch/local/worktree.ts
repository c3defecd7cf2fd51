import { join } from 'node:path';
import { SluiceError } from '../../errors.ts';
import { createPrivateFolder } from '../../system/private-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A checkout of its own for one item: what is done there is done nowhere else. */
export interface Worktree {
  /** The folder of the checkout that stands for the item's own folder. */
  readonly cwd: string;
  /** The environment for what runs there. */
  readonly env: Environment;
  /** What was changed in it, commits included, as `git apply` takes it, in the bytes of its files; none where nothing was. */
  patch(): Promise<Uint8Array>;
  /** Never rejects. */
  remove(): Promise<void>;
}

/** Milliseconds for one command of git's. */
const LONGEST_MS = 5 * 60_000;

/** Nothing that a repository sets up is run on the way. */
const PLAIN = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];

/** Flags for a patch that `git apply` reads, whatever form of diffs the user has configured. */
const PATCH = [
  '--binary',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--no-relative',
  '--submodule=short',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
];

/** As `git rev-parse --local-env-vars` lists them (2.39), but for those that set configuration. */
const OF_A_REPOSITORY: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/**
 * Checks out what is committed where an item is to run.
 * @throws SluiceError `usage` where that is no git repository, or it can't be checked out
 */
export async function openWorktree(cwd: string, outer: Environment): Promise<Worktree> {
  const { execa } = await import('execa');
  const env = withoutRepository(outer);
  const git = async (folder: string, ...words: readonly string[]): Promise<Uint8Array> => {
    const { stdout } = await execa('git', ['-C', folder, ...PLAIN, ...words], {
      timeout: LONGEST_MS,
      stdin: 'ignore',
      stripFinalNewline: false,
      encoding: 'buffer',
      env,
      extendEnv: false,
    });
    return stdout;
  };
  const within = async <Result>(action: () => Promise<Result>): Promise<Result> => {
    try {
      return await action();
    } catch (error) {
      const { stderr, shortMessage }: { stderr?: unknown; shortMessage?: unknown } = Object(error);
      const said = stderr instanceof Uint8Array ? Buffer.from(stderr).toString() : '';
      const why = (said || String(shortMessage ?? error)).trim();
      throw new SluiceError('usage', `--worktree: ${cwd}: ${why}`, { cause: error });
    }
  };
  const [base = '', top = '', prefix = ''] = await within(async () =>
    Buffer.from(await git(cwd, 'rev-parse', 'HEAD', '--show-toplevel', '--show-prefix'))
      .toString()
      .split('\n'),
  );
  const folder = createPrivateFolder();
  const path = join(folder.path, 'worktree');
  try {
    await within(() => git(top, 'worktree', 'add', '--detach', path, base));
  } catch (error) {
    folder.remove();
    throw error;
  }
  return {
    cwd: join(path, prefix),
    env,
    patch: () =>
      within(async () => {
        await git(path, 'add', '--all', '--intent-to-add');
        return git(path, 'diff', ...PATCH, base);
      }),
    async remove() {
      await git(top, 'worktree', 'remove', '--force', path).catch(() => {});
      folder.remove();
      await git(top, 'worktree', 'prune').catch(() => {});
    },
  };
}

/**
 * An environment without the variables that name a repository, so that git looks for one from the folder upwards. A git hook
 * sets those variables: a sluice that a hook starts would otherwise work on the repository of the hook.
 */
function withoutRepository(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_A_REPOSITORY.has(name)));
}
