import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { AS_COMMONJS, CLIENT, COMMAND, LIBRARY, PAGE, TESTING } from './esbuild.options.js';

/** What Node itself has loaded by the time that it runs a file. */
const LOADED_BY_NODE = new Set(['buffer', 'events', 'fs', 'path', 'process', 'url', 'util']);

/** What some packages require at once and need for what is not done here: HTTP/2, programs of commander's own and the like. */
const SELDOM_USED = /=\(0,[\w$]+\.[\w$]+\)\("(?:node:)?(child_process|cluster|dns|http2|https|v8)"\)/g;

const LATE =
  'const __late=(name)=>{let loaded;return new Proxy({},{get:(_,key)=>Reflect.get(loaded??=require(name),key)})};';

/** What a run loads once claude has been started. */
const LATER = 'src/run/later.ts';

rmSync('dist', { recursive: true, force: true });

// They are made of the sources alone, beside all else.
const types = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
const typesMade = once(types, 'exit');

const [index, shapes, page] = [await builtIndex(), await builtShapes(), await builtPage()];
const version = await builtVersion();
// For what imports what.
const { metafile } = await build({
  ...COMMAND,
  write: false,
  metafile: true,
  minify: false,
  plugins: [index, shapes, page, version],
});
const { outputFiles } = await build({
  ...COMMAND,
  write: false,
  plugins: [index, shapes, page, version, twoFiles(metafile)],
});
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, AS_COMMONJS);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, exportedOnce(loadingLate(code)));
}
writeFileSync('dist/cli/package.json', '{ "type": "commonjs" }\n');
await build({ ...LIBRARY, plugins: [index, shapes] });
await build({ ...TESTING, plugins: [index, shapes, page] });
await build(CLIENT);

const { bundleSchema, FINDINGS_SCHEMA } = await import('./dist/index.js');
const { toJSONSchema } = await import('zod');
for (const [name, schema] of Object.entries({ bundle: toJSONSchema(bundleSchema), findings: FINDINGS_SCHEMA })) {
  writeFileSync(`dist/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
}

const makers = { 'man-page': 'src/help/man-page.ts', commands: 'src/cli/commands/commands.ts' };
await build({ ...COMMAND, entryPoints: makers, splitting: false, outdir: 'dist' });
const [{ manPage }, { COMMANDS }] = await Promise.all(Object.keys(makers).map((name) => import(`./dist/${name}.js`)));
writeFileSync('dist/sluice.1', await manPage(COMMANDS.map(({ name }) => name)));
for (const name of Object.keys(makers)) rmSync(`dist/${name}.js`);
precompile();

const [status] = await typesMade;
process.exitCode = status ?? 1;

/**
 * Has modules of Node's be loaded when something of them is first used: those for processes and the network alone take
 * 10 ms, and not every command needs them. What is imported whole is left as it is, and so is what CommonJS requires, but
 * for what is seldom used.
 */
function loadingLate(code) {
  const late = code
    .replaceAll(/=require\("node:([\w/]+)"\)/g, (found, name) =>
      LOADED_BY_NODE.has(name) ? found : `=__late("node:${name}")`,
    )
    .replaceAll(SELDOM_USED, '=__late("node:$1")');
  return late === code ? code : LATE + late;
}

/**
 * Exports the table of what a file exports itself: esbuild would make a copy of it, a property at a time, and list its names.
 * The table is written as one, and not made of another, which takes three times as long.
 */
function exportedOnce(code) {
  return code
    .replace(
      /\b(var ([\w$]+)=\{)\};[\w$]+\(\2,\{((?:[\w$]+:\(\)=>[\w$.]+,?)+)\}\);/,
      (_, head, table, rows) => `${head}${rows.replaceAll(/([\w$]+):\(\)=>([\w$.]+)/g, 'get $1(){return $2}')}};`,
    )
    .replace(/;module\.exports=[\w$]+\(([\w$]+)\);/, (_, table) => `;${table}.__esModule=!0;module.exports=${table};`)
    .replace(/\b0&&\(module\.exports=\{[\w$,]*\}\);\n*$/, '');
}

/** Without it, and with another Node, the command is compiled when it is run: it may fail. */
function precompile() {
  if (process.platform === 'win32') return;
  const state = mkdtempSync(join(tmpdir(), 'sluice-build-'));
  const ways = [[], ['cached'], ['serve'], ['mcp'], ['remote']].flatMap((way) => [way, way]);
  const failed = ways.some((way) => {
    const { status } = spawnSync(process.execPath, ['esbuild.precompile.js', ...way], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Nothing of whoever builds: their settings are not those of all.
      env: { PATH: process.env.PATH, HOME: 'dist', XDG_STATE_HOME: state },
    });
    return status !== 0;
  });
  rmSync(state, { recursive: true });
  if (failed) process.stderr.write('sluice could not be compiled in advance, and will start slower\n');
}

/** Puts the index of the formats of secrets where it is looked for, so that no run has to make it. */
async function builtIndex() {
  const { storedFormats } = await imported('src/secrets/formats.ts');
  return inPlaceOf(/secrets\/built-index\.ts$/, `export const BUILT_INDEX = ${JSON.stringify(storedFormats())};`);
}

/** Puts the shapes of messages in place of what makes them of schemas, so that no run has to load zod. */
async function builtShapes() {
  const { KNOWN_SHAPES } = await imported('src/messages/known-shapes.ts');
  const shapes = Object.entries(KNOWN_SHAPES).map(([name, shape]) => `'${name}': () => (${JSON.stringify(shape())})`);
  return inPlaceOf(/messages\/known-shapes\.ts$/, `export const KNOWN_SHAPES = { ${shapes.join(', ')} };`);
}

/** Puts the version in place of what reads the package's file, of which the rest would be made at each start. */
async function builtVersion() {
  const { VERSION } = await imported('src/version.ts');
  return inPlaceOf(/src\/version\.ts$/, `export const VERSION = ${JSON.stringify(VERSION)};`);
}

/** What a file of the sources exports. */
async function imported(file) {
  const sources = { entryPoints: [file], bundle: true, format: 'esm', platform: 'node' };
  const { outputFiles } = await build({ ...sources, write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Has something else stand where a file of the sources does. */
function inPlaceOf(filter, contents) {
  return { name: `in place of ${filter.source}`, setup: ({ onLoad }) => onLoad({ filter }, () => ({ contents })) };
}

/** Puts the files of the page where they are looked for, as text. */
async function builtPage() {
  const { outputFiles } = await build(PAGE);
  const built = (name) => outputFiles.find(({ path }) => path.endsWith(`/${name}`)).text.trim();
  const files = {
    html: await readFile('src/page/index.html', 'utf8'),
    css: built('page.css'),
    script: built('ui.js'),
    reportScript: built('report.js'),
    icon: await readFile('src/page/icon.svg', 'utf8'),
  };
  return inPlaceOf(/page\/built-page\.ts$/, `export const BUILT_PAGE = ${JSON.stringify(files)};`);
}

/**
 * Has all that a run loads before claude is started stand in one file, and all that it loads then in another: thirty take
 * 10 ms more. esbuild puts together what the same entries reach, so each entry is made to reach all of the first, which is
 * loaded before it, and all of the second where it needs some of that.
 */
function twoFiles({ inputs }) {
  const [command] = COMMAND.entryPoints;
  const importsOf = (file, isLate) =>
    inputs[file].imports
      .filter(({ kind, external }) => external !== true && (kind === 'dynamic-import') === isLate)
      .map(({ path }) => path);
  const reachedFrom = (entry) => {
    const reached = new Set([entry]);
    for (const file of reached) for (const path of importsOf(file, false)) reached.add(path);
    return reached;
  };
  const first = reachedFrom(command);
  const second = [...reachedFrom(LATER)].filter((file) => !first.has(file));
  const late = new Set(Object.keys(inputs).flatMap((file) => importsOf(file, true)));
  const loaded = [...late].filter((file) => first.has(file));
  if (loaded.length > 0) throw new Error(`imported at once, and later as if it were not: ${loaded.join(', ')}`);
  return {
    name: 'two files',
    setup({ onLoad }) {
      onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
        const file = relative('.', path);
        if (!late.has(file) || inputs[file].format !== 'esm') return undefined;
        const reached = reachedFrom(file);
        const needsSecond = file !== LATER && second.some((other) => reached.has(other));
        const imports = [command, ...(needsSecond ? [LATER] : [])].map(
          (other) => `import ${JSON.stringify(resolve(other))};`,
        );
        return {
          contents: `${await readFile(path, 'utf8')}\n${imports.join('\n')}`,
          loader: path.endsWith('.ts') ? 'ts' : 'js',
        };
      });
    },
  };
}
