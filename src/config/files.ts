import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf, reasonOf, SluiceError, systemCodeOf } from '../errors.ts';
import { parsedJson } from '../parsed-json.ts';
import { DEEPEST_JSON, isDeeper } from '../request/is-deeper.ts';
import { decodeText } from '../system/decode-text.ts';
import { foldersUp } from '../system/folders-up.ts';
import type { Layer } from './layers.ts';
import { SECTIONS } from './derived-names.ts';

/** Bytes of a configuration file at most. */
const MAX_BYTES = 1024 * 1024;

const PROJECT_FILES = ['.sluicerc.json', '.sluicerc.yaml', '.sluicerc.yml'];
const USER_FILES = ['config.json', 'config.yaml', 'config.yml'];

/**
 * The nearest project file upwards from `cwd`: `.sluicerc.json`, `.sluicerc.yaml`, or `"sluice"` in package.json.
 * @throws SluiceError `usage` when it is there and can't be read
 */
export async function projectLayer(cwd: string): Promise<Layer | null> {
  for (const folder of foldersUp(resolve(cwd))) {
    const found = (await firstOf(folder, PROJECT_FILES, 'project file')) ?? inPackageJson(join(folder, 'package.json'));
    if (found !== null) return found;
  }
  return null;
}

/** The user's file in `$XDG_CONFIG_HOME/sluice`. */
export async function userLayer(env: Readonly<Record<string, string | undefined>>): Promise<Layer | null> {
  const folder = userFolder(env);
  return folder === null ? null : firstOf(folder, USER_FILES, 'user file');
}

/** The folder for what a user sets for good, `$XDG_CONFIG_HOME/sluice`; null for a user who has none. */
export function userFolder(env: Readonly<Record<string, string | undefined>>): string | null {
  const home = homeOf(env);
  if (home === null && !env['XDG_CONFIG_HOME']) return null;
  return join(env['XDG_CONFIG_HOME'] || join(home ?? '', '.config'), 'sluice');
}

/** Null for a user who has none, as in some containers. */
function homeOf(env: Readonly<Record<string, string | undefined>>): string | null {
  try {
    return env['HOME'] || homedir();
  } catch {
    return null;
  }
}

/** The file that `--config` or `SLUICE_CONFIG` names. */
export async function namedLayer(from: string, path: string, cwd: string): Promise<Layer> {
  const file = resolve(cwd, path);
  const text = read(file);
  if (text === null) throw new SluiceError('usage', `${from}: ${path} does not exist`);
  return { name: file, kind: 'config file', values: await parseFile(file, text), folder: dirname(file) };
}

async function firstOf(folder: string, names: readonly string[], kind: Layer['kind']): Promise<Layer | null> {
  for (const name of names) {
    const file = join(folder, name);
    const text = read(file);
    if (text !== null) return { name: file, kind, values: await parseFile(file, text), folder };
  }
  return null;
}

function inPackageJson(file: string): Layer | null {
  const text = read(file);
  if (text === null || !text.includes('"sluice"')) return null;
  // Somebody else's broken package.json is not ours to complain about.
  const record = asRecord(asRecord(parsedJson(text))?.['sluice']);
  if (record === null) return null;
  checkDepth(file, record);
  return { name: `${file} ("sluice")`, kind: 'project file', values: flat(record), folder: dirname(file) };
}

/** Null when there is no such file. */
function read(file: string): string | null {
  try {
    const stats = statSync(file);
    // A link in a hostile checkout may lead to a device that never ends.
    if (!stats.isFile()) throw new Error('it is not a plain file');
    if (stats.size > MAX_BYTES) throw new Error(`it has ${stats.size} bytes, over the limit of ${MAX_BYTES}`);
    return decodeText(readFileSync(file)).text;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new SluiceError('usage', `${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

async function parseFile(file: string, text: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    // A parser of YAML takes time to load, and most have no such file.
    value = file.endsWith('.json') ? JSON.parse(text) : (await import('./parse-yaml.ts')).parseYaml(text);
  } catch (error) {
    // The parser's own words quote the file, which may be anybody's secret behind a link.
    throw new SluiceError(
      'usage',
      `${file}: not valid ${file.endsWith('.json') ? 'JSON' : 'YAML'}${placeOf(error, text)}`,
    );
  }
  checkDepth(file, value);
  const record = asRecord(value ?? {});
  if (record === null) throw new SluiceError('usage', `${file}: expected an object of options`);
  return flat(record);
}

function checkDepth(file: string, value: unknown): void {
  if (isDeeper(value, DEEPEST_JSON))
    throw new SluiceError('usage', `${file}: it is nested more than ${DEEPEST_JSON} levels deep`);
}

/** Options of servers stand together: `{"mcp": {"port": 1}}` is `{"mcpPort": 1}`. */
function flat(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(record).flatMap(([key, value]): (readonly [string, unknown])[] => {
    const section = SECTIONS.includes(key) ? asRecord(value) : null;
    if (section === null) return [[key, value]];
    return Object.entries(section).map(([name, inner]) => [`${key}${capitalised(name)}`, inner]);
  });
  return Object.fromEntries(entries);
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Where a parser of JSON (a position) or YAML (lines and columns) stopped. */
function placeOf(error: unknown, text: string): string {
  if (error instanceof Error && 'linePos' in error && Array.isArray(error.linePos)) {
    const [start]: readonly { line?: number; col?: number }[] = error.linePos;
    return ` at line ${start?.line}, column ${start?.col}`;
  }
  const position = /position (\d+)/.exec(messageOf(error))?.[1];
  if (position === undefined) return '';
  const lines = text.slice(0, Number(position)).split('\n');
  return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
