import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { begin, succeed } from '../support/fake.ts';
import { emptyFolder, freshHome, type Home } from '../support/folder.ts';
import { sluice } from '../support/sluice.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let recipes: ReadonlyMap<string, string>;

beforeAll(async () => {
  const page = await readFile(join(ROOT, 'src/help/testing.md'), 'utf8');
  recipes = new Map(
    [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language = '', text = '']) => [language, text]),
  );
});

/** A project with a recording in it, and a `sluice` on the path. */
async function project(): Promise<{ readonly home: Home; readonly env: Readonly<Record<string, string>> }> {
  const home = freshHome();
  const run = await sluice(['--record', 'run.ndjson', 'hi'], { home, fake: [...begin, ...succeed] });
  expect(run.exitCode).toBe(0);
  const bin = emptyFolder();
  symlinkSync(join(ROOT, 'bin/sluice.js'), join(bin, 'sluice'));
  const path = [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  return { home, env: { PATH: path, HOME: home.path, TMPDIR: emptyFolder(), NO_COLOR: '1' } };
}

/** Runs a recipe as its reader would. */
async function follow(
  command: readonly [string, ...string[]],
  { home, env }: Awaited<ReturnType<typeof project>>,
): Promise<string> {
  const [file, ...args] = command;
  const options = { cwd: home.project, env, extendEnv: false, all: true, reject: false, stdin: 'ignore' } as const;
  const { all, exitCode } = await execa(file, args, options);
  expect([exitCode, all]).toEqual([0, all]);
  return all;
}

it('a recording stands in for claude in tests with pytest', async () => {
  const place = await project();
  writeFileSync(join(place.home.project, 'test_review.py'), recipes.get('python') ?? '');
  const python = ['/usr/bin/python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'] as const;
  expect(await follow(python, place)).toContain('1 passed');
});

it('and behind a gateway that curl asks', async () => {
  const place = await project();
  const stand = await follow(['sluice', 'replay', 'run.ndjson', '--as-claude'], place);
  writeFileSync(join(place.home.project, 'claude'), stand, { mode: 0o700 });
  // Its last line ends a job of its own.
  expect(await follow(['bash', '-mec', recipes.get('bash') ?? ''], place)).toContain('"class":"success"');
});

it('a fake claude and a gateway in memory are there for tests with vitest', async () => {
  const place = await project();
  const { project: folder } = place.home;
  const packages = join(folder, 'node_modules');
  // As it is installed.
  for (const part of ['package.json', 'dist/index.js', 'dist/testing.js', 'dist/chunks'])
    cpSync(join(ROOT, part), join(packages, 'sluice', part), { recursive: true });
  for (const name of ['vitest', 'zod', '@eslint-community'])
    symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'recipe.test.js'), recipes.get('js') ?? '');
  // Five seconds are little for a gateway on a busy machine.
  const run = ['run', '--root', folder, '--test-timeout', '60000'];
  const vitest = [process.execPath, join(packages, 'vitest/vitest.mjs'), ...run] as const;
  expect(await follow(vitest, place)).toMatch(/Tests\s+2 passed/);
});
