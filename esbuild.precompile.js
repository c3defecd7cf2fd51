/**
 * Usage: node esbuild.precompile.js [cached|serve|mcp|remote]
 * Runs a prompt with a claude that answers at once, with the answers of earlier runs or without, serves until it listens, by
 * HTTP or to a client of MCP that has gone, or has a server run the prompt, and keeps what V8 compiled for that: the
 * functions of an ordinary run, and no more; of files that a run does not load, those of the others. These files are packed,
 * too, into one that is compiled when this is run again, and so are those that every command loads. The build does so for
 * the Node that it runs on; for any other, run this with that.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const { COMPILED, PACKS, asFunction, compiledPath, loadFile, scripts } = require('./bin/sluice.js');

const CLAUDE = '--claude=test/bench/processes/instant-claude.sh';
const SERVE = ['serve', CLAUDE, '--port', '0', '--admin-port', '0', '--log-format', 'json'];
const PROMPT = ['hi'];

const [way] = process.argv.slice(2);
const server = way === 'remote' ? await startServer() : null;
const args = {
  cached: [CLAUDE, '--cache', '1h', ...PROMPT],
  serve: SERVE,
  mcp: ['mcp', CLAUDE, '--admin-port', 'off', '--state', 'off', '--log-level', 'error'],
  remote: ['--gateway', server?.url, ...PROMPT],
}[way] ?? [CLAUDE, ...PROMPT];
process.argv.splice(2, Infinity, ...args);
const { main, processIo } = loadFile('../dist/cli/command.js');
/** What every command loads. */
const first = [...scripts.keys()];
const io = processIo();
const code = await main(way === 'serve' ? { ...io, stderr: { ...io.stderr, write: endOnceServed } } : io);
server?.end();
if (code === 0) {
  mkdirSync(COMPILED, { recursive: true });
  const fresh = [...scripts].filter(([path]) => way === undefined || !existsSync(compiledPath(path)));
  // The command's own pack once more, now with what looks for a kept answer: it is hardly larger.
  const again = [...scripts].filter(([path]) => way === 'cached' && path === join(PACKS, 'command.js'));
  for (const [path, script] of [...fresh, ...again]) writeFileSync(compiledPath(path), script.createCachedData());
  const paths = way === undefined ? first : fresh.map(([path]) => path);
  const isPacked = paths.some((path) => dirname(path) === PACKS);
  if (paths.length > 1 && !isPacked) {
    pack(paths);
    // None of them is loaded without the others.
    if (way === undefined) for (const path of paths) rmSync(compiledPath(path));
  }
}
process.exit(code);

/** Puts files into one, which goes with the first of them. */
function pack(paths) {
  const files = paths.map((path) => `[${JSON.stringify(relative(PACKS, path))},${asFunction(path)}]`);
  mkdirSync(PACKS, { recursive: true });
  writeFileSync(join(PACKS, basename(paths[0])), `[${files.join(',\n')}]`);
}

/** The operator's port is opened last. */
async function endOnceServed(line) {
  if (line.includes('"face":"admin"')) process.kill(process.pid, 'SIGTERM');
}

/** A server of its own, and where it is; rejects where it ends without being there. */
function startServer() {
  const child = spawn(process.execPath, ['bin/sluice.js', ...SERVE], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += chunk;
      const [, url] = /"face":"gateway","url":"([^"]+)"/.exec(log) ?? [];
      if (url !== undefined) resolve({ url, end: () => child.kill() });
    });
    child.on('exit', () => reject(new Error(log)));
  });
}
