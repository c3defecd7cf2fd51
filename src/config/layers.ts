import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { flagOf, nameInFiles, nearestName, variableOf, whereOf } from './names.ts';
import type { Option } from './options/option.ts';
import { OPTIONS } from './options/options.ts';

/** One source of settings. */
export interface Layer {
  /** What errors and `sluice config` call it: `--timeout`, `SLUICE_TIMEOUT`, or a file's path. */
  readonly name: string;
  readonly kind: 'flags' | 'environment' | 'config file' | 'project file' | 'user file';
  /** Option names to values as they stand there, unparsed. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where relative paths in it count from, when that is not the working directory. */
  readonly folder?: string;
}

/** A value and where it came from. */
export interface Setting {
  readonly option: Option;
  readonly value: unknown;
  /** The flag, variable or file that set it; `default` when nothing did. */
  readonly from: string;
  /** What each layer gave, lowest first, of an option that accumulates. */
  readonly parts?: readonly Part[];
}

/** One layer's share of a list. */
export interface Part {
  readonly kind: Layer['kind'];
  readonly from: string;
  readonly values: readonly unknown[];
}

export type Settings = ReadonlyMap<string, Setting>;

/**
 * Puts the layers together, highest first. A project file narrows what lies below it and nothing else.
 * @throws SluiceError `usage` that names the option, the layer and what was expected
 */
export function resolveSettings(layers: readonly Layer[], env: Readonly<Record<string, string | undefined>>): Settings {
  for (const layer of layers) rejectUnknown(layer);
  const settings = new Map<string, Setting>();
  for (const option of OPTIONS) {
    const setting = layers.reduceRight<Setting | null>((below, layer) => apply(option, layer, below, env), null);
    if (setting !== null) settings.set(option.name, setting);
    else if (option.default !== undefined)
      settings.set(option.name, { option, value: option.default, from: 'default' });
  }
  return settings;
}

function apply(
  option: Option,
  layer: Layer,
  below: Setting | null,
  env: Readonly<Record<string, string | undefined>>,
): Setting | null {
  if (layer.kind === 'environment') {
    const set = fromEnvironment(option, env);
    return set === null ? below : joined(set, below, layer.kind);
  }
  const raw = layer.values[option.name];
  if (raw === undefined) return below;
  const from = layer.kind === 'flags' ? flagOf(option) : layer.name;
  const where = whereOf(option, from);
  if (option.flagOnly === true && layer.kind !== 'flags') {
    throw new SluiceError('usage', `${where}: only the command line can set it, as ${flagOf(option)}`);
  }
  const value = located(option, parseEntries(option, raw, where), layer);
  return layer.kind === 'project file'
    ? narrow(option, value, below, layer.name)
    : joined({ option, value, from }, below, layer.kind);
}

/** Paths of a file, made independent of where that is. */
function located({ paths }: Option, value: unknown, { folder }: Layer): unknown {
  if (paths !== true || folder === undefined) return value;
  return asList(value).map((path) => resolve(folder, String(path)));
}

/** A setting beside what lies below it, where both count. */
function joined(own: Setting, below: Setting | null, kind: Layer['kind']): Setting {
  if (own.option.accumulates !== true) return own;
  const parts = [...(below?.parts ?? []), { kind, from: own.from, values: asList(own.value) }];
  const from = parts.map((part) => part.from).join(', ');
  return { option: own.option, value: parts.flatMap(({ values }) => values), from, parts };
}

/** The value of an option; an object of a file is read entry by entry, so that an error names the one at fault. */
function parseEntries(option: Option, raw: unknown, where: string): unknown {
  if (option.keyed !== true || typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return parse(option, option.parse, raw, where);
  return Object.entries(raw).flatMap(([key, value]) => {
    const at = `${where}.${key}`;
    if (typeof value !== 'string') throw new SluiceError('usage', `${at}: ${shownOf(value)} is not a text`);
    if (key.includes('=')) throw new SluiceError('usage', `${at}: there must be no "=" in a name`);
    return asList(parse(option, option.parse, `${key}=${value}`, at));
  });
}

/** The layer that stands for the environment; its values are looked up by name, one option at a time. */
export const ENVIRONMENT: Layer = { name: 'environment', kind: 'environment', values: {} };

function fromEnvironment(option: Option, env: Readonly<Record<string, string | undefined>>): Setting | null {
  const candidates = [
    { name: variableOf(option), parse: option.parse },
    ...(option.environment ? [option.environment] : []),
  ];
  for (const { name, parse: read } of candidates) {
    const raw = env[name];
    if (raw === undefined || raw === '' || option.flagOnly === true) continue;
    return { option, value: parse(option, read, raw, name), from: name };
  }
  return null;
}

function parse(option: Option, read: Option['parse'], raw: unknown, where: string): unknown {
  try {
    return read(raw);
  } catch (error) {
    if (error instanceof SluiceError) throw new SluiceError('usage', `${where}: ${error.message}`, { cause: error });
    const culprit: unknown = error instanceof Error && error.cause !== undefined ? error.cause : raw;
    const shown = option.sensitive === true ? 'the value' : shownOf(culprit);
    throw new SluiceError('usage', `${where}: ${shown} is not ${messageOf(error)}`);
  }
}

function shownOf(value: unknown): string {
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}

/**
 * A long value is not quoted: cut short it could be half a secret, which nothing recognises any more. Nor is JSON: in
 * what is malformed nobody finds the secrets.
 */
function quoted(text: string): string {
  return text.length > 60 || /\{.*:/s.test(text) ? `the value of ${text.length} characters` : `"${text}"`;
}

function narrow(option: Option, value: unknown, below: Setting | null, from: string): Setting {
  const base: unknown = below?.value ?? option.default;
  const rule = option.project;
  const own = { option, value, from };
  if (rule === 'harmless') return own;
  if (rule === 'lower') return lower(own, base, below);
  if (rule === 'add' && option.accumulates === true) return joined(own, below, 'project file');
  if (rule === 'add') return { option, value: [...asList(base), ...asList(value)], from };
  if (rule === 'restrict') {
    return base === undefined
      ? own
      : { option, value: asList(value).filter((item) => asList(base).includes(item)), from };
  }
  if (rule === 'on' && value === true) return own;
  if (typeof rule === 'object' && 'atMost' in rule) {
    const limit = typeof base === 'number' ? base : rule.atMost;
    return Number(value) > limit ? { option, value: limit, from: below?.from ?? from } : own;
  }
  const order = typeof rule === 'object' ? rule.narrowestFirst : [];
  const rank = order.indexOf(String(value));
  if (rank !== -1)
    return order.indexOf(String(base)) !== -1 && order.indexOf(String(base)) < rank ? keep(option, base, below) : own;
  const allowed = rule === 'on' ? ' (to true)' : order.length > 0 ? ` (to ${order.join(', ')})` : '';
  throw new SluiceError(
    'usage',
    `${whereOf(option, from)}: a project file can only narrow${allowed}; use ${flagOf(option)}, ${variableOf(option)} or your own configuration file`,
  );
}

/** The smaller one, of values that are numbers or have numbers as their parts. */
function lower(own: Setting, base: unknown, below: Setting | null): Setting {
  const { option, value, from } = own;
  if (!hasParts(value) || !hasParts(base))
    return typeof base === 'number' && Number(value) > base ? keep(option, base, below) : own;
  // What the one below leaves open is as large as it is without it.
  const limits = { ...(hasParts(option.default) ? option.default : {}), ...base };
  const lowered = Object.entries(value).filter(([part, limit]) => limit < (limits[part] ?? Number.POSITIVE_INFINITY));
  if (lowered.length === 0) return keep(option, base, below);
  const smallest = Object.entries({ ...base, ...Object.fromEntries(lowered) });
  const isOwn = smallest.every(([part, limit]) => limit === value[part]);
  return { option, value: Object.fromEntries(smallest), from: isOwn ? from : `${below?.from ?? 'default'}, ${from}` };
}

function hasParts(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'number');
}

function keep(option: Option, value: unknown, below: Setting | null): Setting {
  return below ?? { option, value, from: 'default' };
}

function asList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function rejectUnknown({ name, kind, values }: Layer): void {
  if (kind === 'flags' || kind === 'environment') return;
  const known = OPTIONS.map((option) => option.name);
  const unknown = Object.keys(values).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  const hint = near === undefined ? '' : `; did you mean ${nameInFiles(near)}?`;
  throw new SluiceError('usage', `${name}: there is no option ${quoted(nameInFiles(unknown))}${hint}`);
}
