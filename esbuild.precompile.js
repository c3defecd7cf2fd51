/**
 * Usage: node esbuild.precompile.js [serve]
 * Runs a prompt with a claude that answers at once, or serves until it listens, and keeps what V8 compiled for that: the
 * functions of an ordinary run, and no more; of files that a run does not load, those of a server. The build does so for
 * the Node that it runs on; for any other, run this with that.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { COMPILED, compiledPath, loadFile, loadedScripts } = require('./bin/precompiled.js');

const CLAUDE = '--claude=test/bench/processes/instant-claude.sh';
const [way] = process.argv.slice(2);
const serves = way === 'serve';
const args = serves
  ? ['serve', CLAUDE, '--port', '0', '--admin-port', '0', '--state', 'off', '--log-format', 'json']
  : [CLAUDE, '--no-stdin', '-o', 'text', '--cache', '1h', 'hi'];
process.argv.splice(2, Infinity, ...args);
const { main, processIo } = loadFile('../dist/cli/command.js');
const io = processIo();
const code = await main(serves ? { ...io, stderr: { ...io.stderr, write: endOnceServed } } : io);
if (code === 0) {
  mkdirSync(COMPILED, { recursive: true });
  for (const [path, script] of loadedScripts()) {
    if (!serves || !existsSync(compiledPath(path))) writeFileSync(compiledPath(path), script.createCachedData());
  }
}
process.exit(code);

/** The operator's port is opened last. */
async function endOnceServed(line) {
  if (line.includes('"face":"admin"')) process.kill(process.pid, 'SIGTERM');
}
