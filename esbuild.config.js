import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const common = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
};

rmSync('dist', { recursive: true, force: true });

// The command: everything inside, so that starting it reads few files.
await build({
  ...common,
  entryPoints: ['src/main.ts', 'src/cli/io.ts'],
  entryNames: '[name]',
  outdir: 'dist/cli',
  minify: true,
  // What a package made for bundlers; some of what it made for Node cannot be seen through.
  mainFields: ['module', 'main'],
  keepNames: false,
  // Some dependencies still call require.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});

// The library: its dependencies stay the user's to share.
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
await build({ ...common, entryPoints: ['src/index.ts'], outdir: 'dist', external: Object.keys(dependencies) });

const { bundleSchema } = await import('./dist/index.js');
const { toJSONSchema } = await import('zod');
writeFileSync('dist/bundle.schema.json', `${JSON.stringify(toJSONSchema(bundleSchema), null, 2)}\n`);

mkdirSync('dist/types', { recursive: true });
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
process.exitCode = types.status ?? 1;
