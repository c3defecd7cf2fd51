#!/usr/bin/env node
'use strict';
// All that loads the rest is in this file: Node takes as long to find and load another as to run this one.
const { Buffer, isAscii } = require('node:buffer');
const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');

/**
 * What V8 compiled when sluice was built, for that very V8. It looks whether versions, flags and lengths are right, though
 * not at each byte, and compiles where they are not.
 */
const COMPILED = join(__dirname, '../dist/compiled', `${process.versions.v8}-${process.arch}`);

/** Bytes for what all files are read into, at first. */
const USUAL_ROOM = 1024 * 1024;

/** What all files are read into: a page of memory takes longer when it is touched for the first time. */
let room = Buffer.alloc(0);

/** By path: the exports of each file that was loaded. */
const loaded = new Map();

/** By path: what was compiled, in the order in which it was. */
const scripts = new Map();

/** By name: what is Node's own. To ask Node for it takes longer, and sixty times it is asked for before claude is started. */
const ofNode = new Map();

/** By path: files that came with another one, as functions. */
const packed = new Map();

/**
 * Files with all that is loaded after one of them, when a command needs it, a list of paths and functions each: to read and
 * compile sixty files takes 20 ms more.
 */
const PACKS = join(__dirname, '../dist/cli/packs');

/** Answers what asks for the version alone, and loads the command for all else. */
function start() {
  const [first, ...rest] = process.argv.slice(2);
  if (rest.length === 0 && (first === '--version' || first === '-v')) {
    const { version } = JSON.parse(fs.readFileSync(join(__dirname, '../package.json'), 'utf8'));
    print(`${version}\n`);
  } else {
    const { main, processIo } = loadCommand();
    void main(processIo()).then((code) => process.exit(code));
  }
}

function loadCommand() {
  try {
    return loader()('../dist/cli/command.js');
  } catch (error) {
    // There is nothing yet that could say more: descriptors ran out, or files are missing, as all are in a clone at first.
    const built = fs.existsSync(join(__dirname, '../dist'));
    const reason = built
      ? error.message.split('\n')[0]
      : `it is not built; in ${dirname(__dirname)}: npm ci && npm run build`;
    process.stderr.write(`sluice: internal: cannot be loaded: ${reason}\n`);
    process.exit(70);
  }
}

/** What was compiled when sluice was built spares twice as much as what Node 22.8+ keeps between runs. */
function loader() {
  if (fs.existsSync(COMPILED)) return loadFile;
  require('node:module').enableCompileCache?.();
  return require;
}

/** Without the stream that Node makes of stdout, which takes 4 ms, where that can be. */
function print(text) {
  try {
    fs.writeSync(1, text);
  } catch {
    process.stdout.write(text);
  }
}

/** Does what `require` does, for files of ours: takes a path as it stands in a file of `folder`. */
function loadFile(name, folder = __dirname) {
  const path = join(folder, name);
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(path, module);
  const requireFrom = (other) => (other.startsWith('.') ? loadFile(other, dirname(path)) : requireOnce(other));
  if (!packed.has(path)) unpack(path);
  const load = packed.get(path) ?? run(path, asFunction(path));
  load(module, module.exports, requireFrom, path);
  return module.exports;
}

function requireOnce(name) {
  if (!ofNode.has(name)) ofNode.set(name, require(name));
  return ofNode.get(name);
}

/** Takes in what goes with a file, if anything does. */
function unpack(path) {
  const pack = join(PACKS, basename(path));
  if (!fs.existsSync(pack)) return;
  for (const [name, load] of run(pack, textOf(pack))) packed.set(join(PACKS, name), load);
}

/** What a file comes to, by its text. */
function run(path, text) {
  const { Script } = requireOnce('node:vm');
  const script = new Script(text, { filename: path, cachedData: compiledOf(path) });
  scripts.set(path, script);
  return script.runInThisContext();
}

/** The text of a function that has the file in it. */
function asFunction(path) {
  return textOf(path, '(function (module, exports, require, __filename) {', '\n})');
}

/** The text of a file between two others, made as one string: a copy of half a megabyte is much to V8's nursery. */
function textOf(path, head = '', tail = '') {
  const text = bytesOf(path, head, tail);
  // As nearly all are: to look takes a tenth of what it takes to decode.
  return isAscii(text) ? text.latin1Slice() : text.utf8Slice();
}

/** Undefined where there is none. */
function compiledOf(path) {
  try {
    return bytesOf(compiledPath(path));
  } catch {
    return undefined;
  }
}

/** The bytes of a file between two texts, until the next file is read. */
function bytesOf(path, head = '', tail = '') {
  const file = fs.openSync(path, 'r');
  try {
    const { size } = fs.fstatSync(file);
    const needed = size + head.length + tail.length;
    if (needed > room.length) room = Buffer.allocUnsafeSlow(Math.max(needed, USUAL_ROOM));
    const end = room.latin1Write(head) + fs.readSync(file, room, head.length, size, 0);
    return room.subarray(0, end + room.latin1Write(tail, end));
  } finally {
    fs.closeSync(file);
  }
}

/** Where the compiled code of a file is kept. */
function compiledPath(path) {
  return join(COMPILED, `${dirname(path) === PACKS ? 'pack-' : ''}${basename(path)}.bin`);
}

module.exports = { COMPILED, PACKS, asFunction, compiledPath, loadFile, scripts };

if (require.main === module) start();
