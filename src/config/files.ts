import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SluiceError, messageOf, systemCodeOf } from '../errors.ts';
import type { Layer } from './layers.ts';

const PROJECT_FILES = ['.sluicerc.json', '.sluicerc.yaml', '.sluicerc.yml'];
const USER_FILES = ['config.json', 'config.yaml', 'config.yml'];

/**
 * The nearest project file upwards from `cwd`: `.sluicerc.json`, `.sluicerc.yaml`, or `"sluice"` in package.json.
 * @throws SluiceError `usage` when it is there and can't be read
 */
export async function projectLayer(cwd: string): Promise<Layer | null> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const own = await firstOf(folder, PROJECT_FILES, 'project file');
    if (own !== null) return own;
    const embedded = inPackageJson(join(folder, 'package.json'));
    if (embedded !== null) return embedded;
    if (folder === dirname(folder)) return null;
  }
}

/** The user's file in `$XDG_CONFIG_HOME/sluice`. */
export function userLayer(env: Readonly<Record<string, string | undefined>>): Promise<Layer | null> {
  const base = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  return firstOf(join(base, 'sluice'), USER_FILES, 'user file');
}

/** The file that `--config` names. */
export async function namedLayer(path: string, cwd: string): Promise<Layer> {
  const file = resolve(cwd, path);
  const text = read(file);
  if (text === null) throw new SluiceError('usage', `--config: ${path} does not exist`);
  return { name: file, kind: 'config file', values: await parseFile(file, text) };
}

async function firstOf(folder: string, names: readonly string[], kind: Layer['kind']): Promise<Layer | null> {
  for (const name of names) {
    const file = join(folder, name);
    const text = read(file);
    if (text !== null) return { name: file, kind, values: await parseFile(file, text) };
  }
  return null;
}

function inPackageJson(file: string): Layer | null {
  const text = read(file);
  if (text === null || !text.includes('"sluice"')) return null;
  let values: unknown;
  try {
    values = asRecord(JSON.parse(text))?.['sluice'];
  } catch {
    // Somebody else's broken package.json is not ours to complain about.
    return null;
  }
  const record = asRecord(values);
  return record === null ? null : { name: `${file} ("sluice")`, kind: 'project file', values: record };
}

/** Null when there is no such file. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new SluiceError('usage', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function parseFile(file: string, text: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    // A parser of YAML takes time to load, and most have no such file.
    value = file.endsWith('.json') ? JSON.parse(text) : (await import('./parse-yaml.ts')).parseYaml(text);
  } catch (error) {
    throw new SluiceError('usage', `${file}: ${messageOf(error).split('\n')[0]}`, { cause: error });
  }
  const record = asRecord(value ?? {});
  if (record === null) throw new SluiceError('usage', `${file}: expected an object of options`);
  return record;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
