import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { COMMAND, LIBRARY } from './esbuild.options.js';

rmSync('dist', { recursive: true, force: true });

await build(COMMAND);
await build(LIBRARY);

const { bundleSchema } = await import('./dist/index.js');
const { toJSONSchema } = await import('zod');
writeFileSync('dist/bundle.schema.json', `${JSON.stringify(toJSONSchema(bundleSchema), null, 2)}\n`);

mkdirSync('dist/types', { recursive: true });
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
process.exitCode = types.status ?? 1;
