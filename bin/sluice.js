#!/usr/bin/env node
'use strict';
const { readFileSync, writeSync } = require('node:fs');

const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === '--version' || first === '-v')) {
  const { version } = JSON.parse(readFileSync(`${__dirname}/../package.json`, 'utf8'));
  print(`${version}\n`);
} else {
  const { main, processIo } = load();
  void main(processIo()).then((code) => process.exit(code));
}

function load() {
  try {
    return loader()('../dist/cli/command.js');
  } catch (error) {
    // There is nothing yet that could say more: descriptors ran out, or files are missing.
    process.stderr.write(`sluice: internal: cannot be loaded: ${error.message.split('\n')[0]}\n`);
    process.exit(70);
  }
}

/** What was compiled when sluice was built spares twice as much as what Node 22.8+ keeps between runs. */
function loader() {
  const { isPrecompiled, loadFile } = require('./precompiled.js');
  if (isPrecompiled()) return loadFile;
  require('node:module').enableCompileCache?.();
  return require;
}

/** Without the stream that Node makes of stdout, which takes 4 ms, where that can be. */
function print(text) {
  try {
    writeSync(1, text);
  } catch {
    process.stdout.write(text);
  }
}
