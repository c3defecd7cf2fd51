import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeTree, removeTreeBeside } from '../../../src/system/remove-tree.ts';
import { builtProgram } from '../../support/built-program.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../support/mount-namespace.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const PROGRAM = builtProgram(new URL('./removed.ts', import.meta.url));

const GONE = { removed: true, mounts: [] };

describe.each([
  ['at once', async (path: string) => removeTree(path)],
  ['beside other work', (path: string) => removeTreeBeside(path, () => false)],
])('a folder that is removed %s', (_, remove) => {
  it('goes with all that is in it', async () => {
    const folder = temporaryFolder({ 'tree/a/b/c': 'x', 'tree/.hidden': 'x', 'tree/new\nline': 'x', 'kept/file': 'x' });
    expect(await remove(join(folder, 'tree'))).toEqual(GONE);
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  it('goes though a tool made folders in it read-only', async () => {
    const folder = temporaryFolder({ 'tree/cache/module/file': 'x' });
    chmodSync(join(folder, 'tree/cache/module'), 0o500);
    chmodSync(join(folder, 'tree/cache'), 0o000);
    expect(await remove(join(folder, 'tree'))).toEqual(GONE);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes without what links in it lead to', async () => {
    const folder = temporaryFolder({ 'tree/file': 'x', 'precious/file': 'x' });
    chmodSync(join(folder, 'precious'), 0o555);
    symlinkSync(join(folder, 'precious'), join(folder, 'tree/folder'));
    symlinkSync(join(folder, 'precious/file'), join(folder, 'tree/link'));
    expect(await remove(join(folder, 'tree'))).toEqual(GONE);
    expect(readFileSync(join(folder, 'precious/file'), 'utf8')).toBe('x');
    expect(statSync(join(folder, 'precious')).mode & 0o777).toBe(0o555);
  });

  it('is not what a link of that name leads to', async () => {
    const folder = temporaryFolder({ 'precious/file': 'x' });
    symlinkSync(join(folder, 'precious'), join(folder, 'tree'));
    expect(await remove(join(folder, 'tree'))).toEqual({ removed: false, mounts: [] });
    expect(existsSync(join(folder, 'precious/file'))).toBe(true);
  });

  it('may lie in one that is reached by a link', async () => {
    const folder = temporaryFolder({ 'real/tree/file': 'x' });
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(await remove(join(folder, 'link/tree'))).toEqual(GONE);
    expect(readdirSync(join(folder, 'real'))).toEqual([]);
  });

  it('may be deep, and full', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'tree', 'd/'.repeat(300)), { recursive: true });
    for (let count = 0; count < 1_200; count++) writeFileSync(join(folder, 'tree', 'd', `file ${count}`), '');
    expect(await remove(join(folder, 'tree'))).toEqual(GONE);
  });

  it('may have nothing but folders in it, and links to some', async () => {
    const folder = temporaryFolder();
    for (const name of ['tree/a/b/c/d', 'tree/e', 'precious/empty']) mkdirSync(join(folder, name), { recursive: true });
    symlinkSync(join(folder, 'precious'), join(folder, 'tree/e/link'));
    expect(await remove(join(folder, 'tree'))).toEqual(GONE);
    expect(readdirSync(join(folder, 'precious'))).toEqual(['empty']);
  });

  it('need not be there', async () => {
    const folder = temporaryFolder();
    expect(await remove(join(folder, 'tree'))).toEqual({ removed: false, mounts: [] });
    expect(await remove(join(folder, 'no/tree'))).toEqual({ removed: false, mounts: [] });
  });
});

it('a removal beside other work ends when that does', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'tree'));
  for (let count = 0; count < 1_500; count++) writeFileSync(join(folder, 'tree', `file ${count}`), '');
  expect(await removeTreeBeside(join(folder, 'tree'), () => true)).toBeNull();
  expect(readdirSync(join(folder, 'tree')).length).toBeGreaterThan(0);
});

/** Ways to mount something, as a shell does it in the folder `$TREE`, and the paths at which something is mounted then. */
const MOUNTS: Readonly<Record<string, readonly [script: string, mounts: readonly string[]]>> = {
  'a folder of the same file system': ['mount --bind "$PRECIOUS" "$TREE/a/m"', ['a/m']],
  'a folder of another file system': [
    'mount -t tmpfs none "$OTHER"; cp -a "$PRECIOUS/." "$OTHER"; mount --bind "$OTHER" "$TREE/a/m"',
    ['a/m'],
  ],
  'a file': ['mount --bind "$PRECIOUS/file" "$TREE/a/file"', ['a/file']],
  'a folder over the whole folder': ['mount --bind "$PRECIOUS" "$TREE"', ['']],
  'several, one on the other': [
    'mount --bind "$PRECIOUS" "$TREE/a/m"; mount --bind "$PRECIOUS" "$TREE/z"; mount -t tmpfs none "$TREE/z"',
    ['a/m', 'z'],
  ],
  'one in the other': [
    'mount -t tmpfs none "$TREE/a/m"; mkdir "$TREE/a/m/n"; mount --bind "$PRECIOUS" "$TREE/a/m/n"',
    ['a/m'],
  ],
  'the folder itself, in itself': ['mount --bind "$TREE" "$TREE/z"', ['z']],
};

// Without root and without namespaces for users nothing can be mounted, and nobody can lose what is.
describe.runIf(canMount())('what is mounted in a folder that is removed', { timeout: 30_000 }, () => {
  const cases = Object.entries(MOUNTS).flatMap(([name, mount]) =>
    ['release', 'beside'].map((how) => [name, how, ...mount] as const),
  );

  it.each(cases)('is left alone: %s (%s)', (_, how, script, mounts) => {
    const folder = temporaryFolder({
      'precious/file': 'x',
      'precious/folder/file': 'x',
      'tree and/a/m/beneath': 'x',
      'tree and/a/file': 'x',
      'tree and/a/beside': 'x',
      'tree and/b/file': 'x',
    });
    chmodSync(join(folder, 'precious/folder'), 0o555);
    const tree = join(folder, 'tree and');
    for (const name of ['tree and/z', 'other']) mkdirSync(join(folder, name));
    const [program, ...args] = [...IN_MOUNT_NAMESPACE, 'sh', '-c', `${script} && exec "$@"`, 'sh'];
    const { stdout, stderr } = spawnSync(program, [...args, process.execPath, PROGRAM, how, tree], {
      env: { ...process.env, TREE: tree, PRECIOUS: join(folder, 'precious'), OTHER: join(folder, 'other') },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const expected: unknown[] = mounts.map((path) => join(tree, path));
    expect(JSON.parse(stdout)).toEqual({ removed: false, mounts: expect.arrayContaining(expected) });
    expect(readdirSync(join(folder, 'precious'), { recursive: true }).map(String).sort()).toEqual([
      'file',
      'folder',
      'folder/file',
    ]);
    expect(statSync(join(folder, 'precious/folder')).mode & 0o777).toBe(0o555);
    // What is not hidden beneath a mount is gone, but for the folders that lead to one.
    const isBeneath = (path: string): boolean => mounts.some((mount) => `${path}/`.startsWith(join(mount, '/')));
    const leads = (path: string): boolean => mounts.some((mount) => mount.startsWith(`${path}/`));
    const left = readdirSync(tree, { recursive: true }).map(String);
    expect(left.filter((path) => mounts[0] !== '' && !isBeneath(path) && !leads(path))).toEqual([]);
  });

  it.each(['release', 'beside'])('is left alone where there is nothing but folders (%s)', (how) => {
    const folder = temporaryFolder();
    for (const name of ['tree/a/m', 'tree/z', 'precious/empty']) mkdirSync(join(folder, name), { recursive: true });
    const tree = join(folder, 'tree');
    const script = 'mount --bind "$PRECIOUS" "$TREE/a/m" && exec "$@"';
    const [program, ...args] = [...IN_MOUNT_NAMESPACE, 'sh', '-c', script, 'sh', process.execPath, PROGRAM, how, tree];
    const env = { ...process.env, TREE: tree, PRECIOUS: join(folder, 'precious') };
    const { stdout } = spawnSync(program, args, { env, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual({ removed: false, mounts: [join(tree, 'a/m')] });
    expect(readdirSync(join(folder, 'precious'))).toEqual(['empty']);
    expect(readdirSync(tree)).toEqual(['a']);
  });
});
