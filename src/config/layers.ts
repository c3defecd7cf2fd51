import { SluiceError, messageOf } from '../errors.ts';
import type { Field } from '../request/field.ts';
import { flagOf } from '../request/flag.ts';
import type { Kind, Parse } from '../request/kinds/kind.ts';
import { asList, narrow } from '../request/narrowing/narrow.ts';
import { located } from '../request/paths.ts';
import { hasOwnVariables, nameInFiles, nearestName, variableOf, whereOf } from './derived-names.ts';
import { OPTIONS } from './command-options/options.ts';

/** One source of settings. */
export interface Layer {
  /** What errors and `sluice config` call it: `--timeout`, `SLUICE_TIMEOUT`, a file's path, or a template. */
  readonly name: string;
  readonly kind:
    | 'flags'
    | 'environment'
    | 'template'
    | 'project template'
    | 'config file'
    | 'project file'
    | 'user file';
  /** Option names to values as they stand there, unparsed. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where relative paths in it count from: where its file lies, or where the user stands. */
  readonly folder: string;
}

/** A value and where it came from. */
export interface Setting {
  readonly option: Field;
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

/** What has to be known of an option to read its setting. */
type Declared<Value> = Pick<Field, 'name'> & { readonly kind: Kind<Value> };

/** The value of an option, or its default; undefined where there is neither. */
export function read<Value>(settings: Settings, option: Declared<Value> & { readonly default: NoInfer<Value> }): Value;
export function read<Value>(settings: Settings, option: Declared<Value>): Value | undefined;
export function read<Value>(settings: Settings, { name, kind }: Declared<Value>): Value | undefined {
  const value = settings.get(name)?.value;
  if (value === undefined || kind.is(value)) return value;
  throw new SluiceError('internal', `the setting of ${name} is not ${kind.expected}`);
}

/** A layer that whoever wrote what was checked out has made. */
interface ProjectLayer extends Pick<Layer, 'kind'> {
  /** What errors call it. */
  readonly name: string;
  /** Where the user may set what it may not. */
  readonly instead: string;
}

const OF_PROJECT: Readonly<Partial<Record<Layer['kind'], Omit<ProjectLayer, 'kind'>>>> = {
  'project file': { name: 'a project file', instead: 'your own configuration file' },
  'project template': { name: 'a template of the project', instead: 'a template among your own' },
};

/**
 * Puts the layers together, highest first. What the project wrote narrows what lies below it and does nothing else.
 * @throws SluiceError `usage` that names the option, the layer and what was expected
 */
export function resolveSettings(layers: readonly Layer[], env: Readonly<Record<string, string | undefined>>): Settings {
  for (const layer of layers) rejectUnknown(layer);
  const settings = new Map<string, Setting>();
  const variables = { env, hasOwn: hasOwnVariables(env) };
  const named = new Set(layers.flatMap(({ values }) => Object.keys(values)));
  const set = (option: Field): Setting | null =>
    layers.reduceRight<Setting | null>((below, layer) => apply(option, layer, below, variables), null);
  for (const option of OPTIONS) {
    const maybeSet = named.has(option.name) || variables.hasOwn || option.environment !== undefined;
    const setting = maybeSet ? set(option) : null;
    if (setting !== null) settings.set(option.name, setting);
    else if (option.default !== undefined)
      settings.set(option.name, { option, value: option.default, from: 'default' });
  }
  return settings;
}

/** The environment, and whether there is a variable in it that is called as those of options are. */
interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasOwn: boolean;
}

function apply(option: Field, layer: Layer, below: Setting | null, variables: Variables): Setting | null {
  if (layer.kind === 'environment') {
    const set = fromEnvironment(option, layer, variables);
    return set === null ? below : joined(set, below, layer.kind);
  }
  const raw = layer.values[option.name];
  if (raw === undefined) return below;
  const from = layer.kind === 'flags' ? flagOf(option) : layer.name;
  const where = whereOf(option, from);
  if (option.flagOnly === true && layer.kind !== 'flags') {
    throw new SluiceError('usage', `${where}: only the command line can set it, as ${flagOf(option)}`);
  }
  const value = located(option, parseEntries(option, raw, where), layer.folder);
  const project = OF_PROJECT[layer.kind];
  return project === undefined
    ? joined({ option, value, from }, below, layer.kind)
    : narrowed({ option, value, from: layer.name }, below, { kind: layer.kind, ...project });
}

/** A setting beside what lies below it, where both count. */
function joined(own: Setting, below: Setting | null, kind: Layer['kind']): Setting {
  if (own.option.accumulates !== true) return own;
  const parts = [...(below?.parts ?? []), { kind, from: own.from, values: asList(own.value) }];
  const from = parts.map((part) => part.from).join(', ');
  return { option: own.option, value: parts.flatMap(({ values }) => values), from, parts };
}

/** The value of an option; an object of a file is read entry by entry, so that an error names the one at fault. */
function parseEntries(option: Field, raw: unknown, where: string): unknown {
  if (option.keyed !== true || typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return parse(option, option.kind.parse, raw, where);
  return Object.entries(raw).flatMap(([key, value]) => {
    const at = `${where}.${key}`;
    if (typeof value !== 'string') throw new SluiceError('usage', `${at}: ${shownOf(value)} is not a text`);
    if (key.includes('=')) throw new SluiceError('usage', `${at}: there must be no "=" in a name`);
    return asList(parse(option, option.kind.parse, `${key}=${value}`, at));
  });
}

/** The layer that stands for the environment; its values are looked up by name, one option at a time. */
export function environmentLayer(cwd: string): Layer {
  return { name: 'environment', kind: 'environment', values: {}, folder: cwd };
}

function fromEnvironment(option: Field, layer: Layer, { env, hasOwn }: Variables): Setting | null {
  const candidates = [
    ...(hasOwn ? [{ name: variableOf(option), parse: option.kind.parse }] : []),
    ...(option.environment ? [option.environment] : []),
  ];
  for (const { name, parse: read } of candidates) {
    const raw = env[name];
    if (raw === undefined || raw === '' || option.flagOnly === true) continue;
    return { option, value: located(option, parse(option, read, raw, name), layer.folder), from: name };
  }
  return null;
}

function parse(option: Field, read: Parse<unknown>, raw: unknown, where: string): unknown {
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

/** What a project makes of the setting below it: it narrows that quietly, or is refused. */
function narrowed(own: Setting, below: Setting | null, { kind, name, instead }: ProjectLayer): Setting {
  const { option, value, from } = own;
  if (option.project === 'add' && option.accumulates === true) return joined(own, below, kind);
  const base: unknown = below?.value ?? option.default;
  const result = narrow(option.project, value, base, option.default);
  switch (result.verdict) {
    case 'within':
    case 'beyond':
      return { option, value: result.value, from: sourceOf(result.source, own, below) };
    case 'refused': {
      const allowed = result.allowed.length === 0 ? '' : ` (to ${result.allowed.join(', ')})`;
      throw new SluiceError(
        'usage',
        `${whereOf(option, from)}: ${name} can only narrow${allowed}; use ${flagOf(option)}, ${variableOf(option)} or ${instead}`,
      );
    }
    default:
      return result satisfies never;
  }
}

/** Where a value came from that one layer and the one below it have made. */
function sourceOf(source: 'asked' | 'below' | 'both', { option, from }: Setting, below: Setting | null): string {
  // Where nothing lies below, the row may still say how much that means.
  const beneath = below?.from ?? (option.default === undefined ? from : 'default');
  return { asked: from, below: beneath, both: `${beneath}, ${from}` }[source];
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
