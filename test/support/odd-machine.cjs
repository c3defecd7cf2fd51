/*
 * Loaded before sluice (node --require), it makes its machine an odd one. The environment variable ODD_MACHINE is a JSON
 * object that says how; what sluice starts sees nothing of it.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { join } = require('node:path');
const process = require('node:process');

const { clock, space, watchers, descriptors, openFiles } = JSON.parse(process.env.ODD_MACHINE);
delete process.env.ODD_MACHINE;
delete process.env.NODE_OPTIONS;

if (clock !== undefined) setClock(clock);
if (space !== undefined) setSpace(space);
if (watchers === 'none') refuseWatchers();
if (descriptors === 'none') refuseDescriptors();
if (openFiles !== undefined) noteOpenFiles(openFiles);
syncBuiltinESMExports();

/** `{ after, by }`: so many milliseconds after the start the clock is set forward, or back, by so many. */
function setClock({ after, by }) {
  const RealDate = Date;
  const now = () => RealDate.now() + (performance.now() > after ? by : 0);
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(now());
      else super(...args);
    }
    static now = now;
  };
}

/** `{ after, free }`: so many milliseconds after the start every disk has so many bytes left. */
function setSpace({ after, free }) {
  const { statfsSync } = fs;
  fs.statfsSync = (path, options) => {
    const real = statfsSync(path, options);
    if (performance.now() < after) return real;
    const blocks = Math.floor(free / Number(real.bsize));
    return Object.assign(real, { bavail: blocks, bfree: blocks });
  };
  fs.promises.statfs = async (path, options) => fs.statfsSync(path, options);
  fs.statfs = (path, ...rest) => rest.at(-1)(null, fs.statfsSync(path));
}

/** As when the user's share of inotify is used up. */
function refuseWatchers() {
  fs.watch = () => {
    throw tooManyOpenFiles('watch');
  };
}

/** As when all descriptors of the process are in use once it is loaded, which Node 24 opens files for here. */
function refuseDescriptors() {
  const { openSync } = fs;
  fs.openSync = (path, ...rest) => {
    if (String(path).endsWith('.js')) return openSync(path, ...rest);
    throw tooManyOpenFiles('open');
  };
}

function tooManyOpenFiles(syscall) {
  return Object.assign(new Error(`EMFILE: too many open files, ${syscall}`), { code: 'EMFILE', syscall });
}

/** At the end, writes the paths of all files that are still open to this file, a line each; removed ones too. */
function noteOpenFiles(path) {
  process.on('exit', () => {
    const files = fs.readdirSync('/proc/self/fd').filter(isFile).map(targetOf);
    fs.writeFileSync(
      path,
      files
        .filter((file) => !/^\/(?:proc|dev)\//.test(file))
        .map((file) => `${file}\n`)
        .join(''),
    );
  });
}

/** Not a folder: one may be looked through for what others left at that very moment. */
function isFile(descriptor) {
  try {
    return fs.fstatSync(Number(descriptor)).isFile();
  } catch {
    return false;
  }
}

function targetOf(descriptor) {
  try {
    return fs.readlinkSync(join('/proc/self/fd', descriptor));
  } catch {
    return '';
  }
}
