import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { COMMAND, LIBRARY } from './esbuild.options.js';

rmSync('dist', { recursive: true, force: true });

const { metafile } = await build({ ...COMMAND, write: false, metafile: true });
await build({ ...COMMAND, plugins: [oneFirstFile(metafile)] });
await build(LIBRARY);

const { bundleSchema } = await import('./dist/index.js');
const { toJSONSchema } = await import('zod');
writeFileSync('dist/bundle.schema.json', `${JSON.stringify(toJSONSchema(bundleSchema), null, 2)}\n`);

const maker = 'dist/man-page.js';
await build({ ...COMMAND, entryPoints: ['src/help/man-page.ts'], splitting: false, outdir: 'dist' });
const { manPage } = await import(`./${maker}`);
writeFileSync('dist/sluice.1', await manPage());
rmSync(maker);

mkdirSync('dist/types', { recursive: true });
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
process.exitCode = types.status ?? 1;

/**
 * Has all that the command loads before it is known what comes next stand in one file, not in thirty: that takes 10 ms
 * off its start. esbuild puts together what the same entries reach, so each of them is made to reach all of main.ts. None
 * of them is loaded before that.
 */
function oneFirstFile({ inputs }) {
  const [main, ...others] = COMMAND.entryPoints;
  const importsOf = (file, isLate) =>
    inputs[file].imports
      .filter(({ kind, external }) => external !== true && (kind === 'dynamic-import') === isLate)
      .map(({ path }) => path);
  const first = new Set([main]);
  for (const file of first) for (const path of importsOf(file, false)) first.add(path);
  const late = new Set([...others, ...Object.keys(inputs).flatMap((file) => importsOf(file, true))]);
  return {
    name: 'one first file',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative('.', path);
        if (first.has(file) || !late.has(file)) return undefined;
        const reached = JSON.stringify(resolve(main));
        return { contents: `${await readFile(path, 'utf8')}\nimport ${reached};`, loader: 'ts' };
      });
    },
  };
}
