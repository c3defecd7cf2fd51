/**
 * Runs a prompt with a claude that answers at once, and keeps what V8 compiled for that: the functions of an ordinary run,
 * and no more. The build does so for the Node that it runs on; for any other, run this with that.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { COMPILED, compiledPath, loadFile, loadedScripts } = require('./bin/precompiled.js');

process.argv.splice(
  2,
  Infinity,
  '--claude=test/bench/processes/instant-claude.sh',
  '--no-stdin',
  '-o',
  'text',
  '--cache',
  '1h',
  'hi',
);
const { main } = loadFile('../dist/cli/main.js');
const { processIo } = loadFile('../dist/cli/io.js');
const code = await main(processIo());
if (code === 0) {
  mkdirSync(COMPILED, { recursive: true });
  for (const [path, script] of loadedScripts()) writeFileSync(compiledPath(path), script.createCachedData());
}
process.exit(code);
