import { join } from 'node:path';
import { SluiceError } from '../../errors.ts';
import { createPrivateFolder } from '../../system/private-folder.ts';

/** A checkout of its own for one item: what is done there is done nowhere else. */
export interface Worktree {
  /** The folder in it that is where the item's own would be. */
  readonly cwd: string;
  /** What was changed in it, commits included, as `git apply` takes it; '' where nothing was. */
  patch(): Promise<string>;
  /** Never rejects. */
  remove(): Promise<void>;
}

/** Milliseconds for one command of git's. */
const LONGEST_MS = 5 * 60_000;

/** Nothing that a repository sets up is run on the way. */
const PLAIN = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];

/**
 * Checks out what is committed where an item is to run.
 * @throws SluiceError `usage` where that is no git repository, or it can't be checked out
 */
export async function openWorktree(cwd: string): Promise<Worktree> {
  const { execa } = await import('execa');
  const git = async (folder: string, ...words: readonly string[]): Promise<string> => {
    const { stdout } = await execa('git', ['-C', folder, ...PLAIN, ...words], {
      timeout: LONGEST_MS,
      stdin: 'ignore',
      stripFinalNewline: false,
    });
    return stdout;
  };
  const within = async <Result>(action: () => Promise<Result>): Promise<Result> => {
    try {
      return await action();
    } catch (error) {
      const { stderr, shortMessage }: { stderr?: unknown; shortMessage?: unknown } = Object(error);
      const why = String(stderr || shortMessage || error).trim();
      throw new SluiceError('usage', `--worktree: ${cwd}: ${why}`, { cause: error });
    }
  };
  const [base = '', top = '', prefix = ''] = await within(async () =>
    (await git(cwd, 'rev-parse', 'HEAD', '--show-toplevel', '--show-prefix')).split('\n'),
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
    patch: () =>
      within(async () => {
        await git(path, 'add', '--all', '--intent-to-add');
        return git(path, 'diff', '--binary', '--no-color', '--no-ext-diff', '--no-textconv', base);
      }),
    async remove() {
      await git(top, 'worktree', 'remove', '--force', path).catch(() => {});
      folder.remove();
      await git(top, 'worktree', 'prune').catch(() => {});
    },
  };
}
