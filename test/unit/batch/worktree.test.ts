import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { openWorktree, type Worktree } from '../../../src/batch/local/worktree.ts';
import { emptyFolder } from '../../support/folder.ts';

const BEFORE = Buffer.from('caf\u00e9 one\n', 'latin1');
const AFTER = Buffer.from('caf\u00e9 two\n', 'latin1');

/** A repository with one file in Latin-1, set up by somebody who likes patches otherwise. */
async function repository(): Promise<{ readonly folder: string; git(...words: string[]): Promise<unknown> }> {
  const folder = emptyFolder();
  const git = (...words: string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: folder });
  await git('init', '--quiet');
  await git('config', 'diff.noprefix', 'true');
  writeFileSync(join(folder, 'latin.txt'), BEFORE);
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'first');
  return { folder, git };
}

async function patchOf(worktree: Worktree): Promise<Uint8Array> {
  try {
    writeFileSync(join(worktree.cwd, 'latin.txt'), AFTER);
    return await worktree.patch();
  } finally {
    await worktree.remove();
  }
}

it('gives a patch that git applies, whatever the encoding of a file and the configuration', async () => {
  const { folder, git } = await repository();
  writeFileSync(join(folder, '.git', 'patch'), await patchOf(await openWorktree(folder, process.env)));
  await git('apply', '.git/patch');
  expect(readFileSync(join(folder, 'latin.txt'))).toEqual(AFTER);
});

it('belongs to the repository of its folder, also in a hook of another one', async () => {
  const { folder } = await repository();
  const worktree = await openWorktree(folder, { ...process.env, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '.git/index' });
  expect(worktree.env).not.toHaveProperty('GIT_DIR');
  expect(Buffer.from(await patchOf(worktree)).toString('latin1')).toContain('+caf\u00e9 two');
});
