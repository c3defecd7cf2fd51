'use strict';
const { Buffer, isAscii } = require('node:buffer');
const { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * What V8 compiled when sluice was built, for that very V8. It looks whether versions, flags and lengths are right, though
 * not at each byte, and compiles where they are not.
 */
const COMPILED = join(__dirname, '../dist/compiled', `${process.versions.v8}-${process.arch}`);

/** By path: the exports and the script of each file that was loaded. */
const loaded = new Map();

/** Whether there is something for this V8. */
function isPrecompiled() {
  return existsSync(COMPILED);
}

/** Does what `require` does, for files of ours: takes a path as it stands in a file of `folder`. */
function loadFile(name, folder = __dirname) {
  const path = join(folder, name);
  const known = loaded.get(path);
  if (known !== undefined) return known.module.exports;
  const script = new Script(functionOf(path), { filename: path, cachedData: compiledOf(path) });
  const module = { exports: {} };
  loaded.set(path, { module, script });
  const requireFrom = (other) => (other.startsWith('.') ? loadFile(other, dirname(path)) : require(other));
  script.runInThisContext()(module, module.exports, requireFrom, path);
  return module.exports;
}

const [HEAD, TAIL] = ['(function (module, exports, require, __filename) {', '\n})'].map((text) => Buffer.from(text));

/** The text of a function that has the file in it, made as one string: a copy of half a megabyte is much to V8's nursery. */
function functionOf(path) {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const text = Buffer.allocUnsafe(HEAD.length + size + TAIL.length);
    const end = HEAD.copy(text) + readSync(file, text, HEAD.length, size, 0);
    const whole = text.subarray(0, end + TAIL.copy(text, end));
    // As nearly all are: to look takes a tenth of what it takes to decode.
    return isAscii(whole) ? whole.latin1Slice() : whole.utf8Slice();
  } finally {
    closeSync(file);
  }
}

/** Undefined where there is none. */
function compiledOf(path) {
  try {
    return readFileSync(compiledPath(path));
  } catch {
    return undefined;
  }
}

/** Where the compiled code of a file is kept. */
function compiledPath(path) {
  return join(COMPILED, `${basename(path)}.bin`);
}

/** The script of each file that was loaded, by its path. */
function loadedScripts() {
  return [...loaded].map(([path, { script }]) => [path, script]);
}

module.exports = { COMPILED, compiledPath, isPrecompiled, loadFile, loadedScripts };
