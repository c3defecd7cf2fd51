#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === '--version' || first === '-v')) {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${JSON.parse(manifest).version}\n`);
} else {
  // Node 22.8+ keeps compiled code between runs; 20 has no such thing.
  process.getBuiltinModule?.('node:module').enableCompileCache?.();
  const [{ main }, { processIo }] = await Promise.all([
    import('../dist/cli/main.js'),
    import('../dist/cli/io.js'),
  ]).catch((error) => {
    // There is nothing yet that could say more: descriptors ran out, or files are missing.
    process.stderr.write(`sluice: internal: cannot be loaded: ${error.message.split('\n')[0]}\n`);
    process.exit(70);
  });
  process.exit(await main(processIo()));
}
