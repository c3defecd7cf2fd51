import { isRecord } from '../is-record.ts';

/**
 * Applies `edit` to every string in a JSON value, at any depth, object keys included. Copy on write: what `edit` left
 * as it was is the same reference. What lies deeper than 1,000 levels is replaced by a note: neither this walk nor
 * `JSON.stringify` gets down there.
 */
export function mapStrings<Value>(
  value: Value,
  edit: Edit,
  options: MapOptions & { readonly opaque?: Opaque } = {},
): Value {
  return stringMapper(edit, options)(value, options.opaque);
}

/**
 * The same for many values. What `edit` left as it was is not shown to it again where it would be the same: the names of
 * fields, and what a field says as the last one of its name did. Most messages say there what the one before said.
 */
export function stringMapper(edit: Edit, options: MapOptions = {}): Mapper {
  const { editKey = edit, editLines, editNumber } = options;
  const edits: Edits = { edit, editKey, editLines, editNumber, fields: new Map() };
  // `edit` turns strings into strings and the walk keeps all other shapes.
  return <Value>(value: Value, opaque?: Opaque) => mapValue(value, edits, opaque, 0) as Value;
}

/** Edits keys that somebody else chose. Names of our own fields are letters alone, and stay whatever text is edited. */
export function foreignKeys(edit: Edit): Edit {
  return (key) => (/^[A-Za-z]+$/.test(key) ? key : edit(key));
}

/** Gives a value with its strings edited. */
export type Mapper = <Value>(value: Value, opaque?: Opaque) => Value;

export interface MapOptions {
  /** What is done to keys, when that is something else. */
  readonly editKey?: Edit;
  /** What is done to the strings of an array that has nothing else, together. */
  readonly editLines?: (lines: readonly string[], key?: string) => readonly string[];
  /** What is done to numbers that a name leads to. */
  readonly editNumber?: (number: number, key: string) => number | string;
}

/** Objects of the value with the one key of each whose text stays as it is. */
export type Opaque = ReadonlyMap<object, string> | undefined;

const MAX_DEPTH = 1000;
const TOO_DEEP = '… [nested too deeply, left out by sluice] …';

/** @param key the name that leads to the text, where an object has it under one */
type Edit = (text: string, key?: string) => string;

interface Edits {
  readonly edit: Edit;
  readonly editKey: Edit;
  readonly editLines: MapOptions['editLines'] | undefined;
  readonly editNumber: MapOptions['editNumber'] | undefined;
  /** By their names, those that stay as they are. */
  readonly fields: Map<string, Field>;
}

/** What is known of all fields of one name. */
interface Field {
  /** Whether their value may be named by another field. */
  readonly hasLabel: boolean;
  /** What stood in the last of them, and stayed as it was; a short text. */
  usual: string | undefined;
  /** Some words that did. */
  readonly words: Set<string>;
}

/** How many names of fields are remembered. */
const MOST_FIELDS = 1000;
/** Characters of a text that is remembered: as many as ids have, and as words that are said again and again. */
const LONGEST_USUAL = 64;
const LONGEST_WORD = 24;
/** How many words are remembered of each field. */
const MOST_WORDS = 16;

function mapValue(value: unknown, edits: Edits, opaque: Opaque, depth: number, key?: string): unknown {
  if (typeof value === 'string') return edits.edit(value, key);
  if (typeof value === 'number' && key !== undefined) return edits.editNumber?.(value, key) ?? value;
  const isList = Array.isArray(value);
  if (!isList && !isRecord(value)) return value;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  return isList ? mapArray(value, edits, opaque, depth, key) : mapObject(value, edits, opaque, depth);
}

function mapArray(
  items: readonly unknown[],
  edits: Edits,
  opaque: Opaque,
  depth: number,
  key?: string,
): readonly unknown[] {
  if (edits.editLines !== undefined && items.length > 1 && areStrings(items)) return edits.editLines(items, key);
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const mapped = mapValue(item, edits, opaque, depth + 1, key);
    if (mapped !== item) (copy ??= [...items])[index] = mapped;
  }
  return copy ?? items;
}

function areStrings(items: readonly unknown[]): items is readonly string[] {
  return items.every((item) => typeof item === 'string');
}

/** The fields of an object that has its value in one and the name of it in another: `{ name, value }`. */
const NAMES = ['name', 'key', 'Name', 'Key', 'keyName', 'variable'];
const VALUES: ReadonlySet<string> = new Set(['value', 'Value', 'plaintext', 'SecretString']);

/** The name that an object gives its value in another field, or undefined. */
function labelOf(object: object): string | undefined {
  for (const field of NAMES) {
    const label: unknown = Object.hasOwn(object, field) ? Reflect.get(object, field) : undefined;
    if (typeof label === 'string') return label;
  }
  return undefined;
}

const { hasOwnProperty } = Object.prototype;

/** Most objects stay as they are: nothing is allocated until something changes. */
function mapObject(
  object: Readonly<Partial<Record<string, unknown>>>,
  edits: Edits,
  opaque: Opaque,
  depth: number,
): object {
  let changes: Map<string, readonly [key: string, value: unknown]> | undefined;
  const kept = opaque?.get(object);
  // Faster than a list of the keys: V8 reads such fields by their places.
  for (const key in object) {
    if (!hasOwnProperty.call(object, key)) continue;
    const value = object[key];
    const known = edits.fields.get(key);
    if (known !== undefined && (value === known.usual || value === null || typeof value === 'boolean')) continue;
    const mappedKey = known === undefined ? edits.editKey(key) : key;
    const field = known ?? fieldOf(key, mappedKey, edits);
    const mapped = key === kept ? value : mapField(object, key, value, field, edits, opaque, depth);
    if (mapped !== value || mappedKey !== key) (changes ??= new Map()).set(key, [mappedKey, mapped]);
  }
  return changes === undefined ? object : withChanges(object, changes);
}

/** What is known of a field that was not met before, which is remembered if its name stays. */
function fieldOf(key: string, mappedKey: string, { fields }: Edits): Field {
  const field: Field = { hasLabel: VALUES.has(key), usual: undefined, words: new Set() };
  if (mappedKey === key && fields.size < MOST_FIELDS) fields.set(key, field);
  return field;
}

function mapField(
  object: object,
  key: string,
  value: unknown,
  field: Field,
  edits: Edits,
  opaque: Opaque,
  depth: number,
): unknown {
  const name = field.hasLabel ? (labelOf(object) ?? key) : key;
  if (typeof value !== 'string') return mapValue(value, edits, opaque, depth + 1, name);
  if (value.length <= LONGEST_WORD && field.words.has(value)) return value;
  const mapped = edits.edit(value, name);
  if (mapped === value && !field.hasLabel) remember(field, value);
  return mapped;
}

function remember(field: Field, text: string): void {
  if (text.length <= LONGEST_WORD && field.words.size < MOST_WORDS) field.words.add(text);
  else if (text.length <= LONGEST_USUAL) field.usual = text;
}

/** A copy in the same order of keys; `__proto__` stays a plain key, and symbols come along. */
function withChanges(object: object, changes: ReadonlyMap<string, readonly [string, unknown]>): object {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    let [name, mapped] = changes.get(key) ?? [key, value];
    // Two keys may have become one; neither field is lost.
    while (entries.has(name)) name += '′';
    entries.set(name, mapped);
  }
  const copy: object = Object.fromEntries(entries);
  for (const symbol of Object.getOwnPropertySymbols(object)) Reflect.set(copy, symbol, Reflect.get(object, symbol));
  return copy;
}
