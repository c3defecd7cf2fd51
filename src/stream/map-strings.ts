/**
 * Applies `edit` to every string in a JSON value, at any depth, object keys included. Copy on write: what `edit` left
 * as it was is the same reference. What lies deeper than 1,000 levels is replaced by a note: neither this walk nor
 * `JSON.stringify` gets down there.
 */
export function mapStrings<Value>(value: Value, edit: Edit, options: MapOptions = {}): Value {
  // `edit` turns strings into strings and the walk keeps all other shapes.
  return mapValue(value, { edit, editKey: options.editKey ?? edit, opaque: options.opaque }, 0) as Value;
}

export interface MapOptions {
  /** What is done to keys, when that is something else. */
  readonly editKey?: Edit;
  /** Objects of the value with the one key of each whose text stays as it is. */
  readonly opaque?: ReadonlyMap<object, string> | undefined;
}

const MAX_DEPTH = 1000;
const TOO_DEEP = '… [nested too deeply, left out by sluice] …';

/** @param key the name that leads to the text, where an object has it under one */
type Edit = (text: string, key?: string) => string;

interface Edits extends Required<MapOptions> {
  readonly edit: Edit;
}

function mapValue(value: unknown, edits: Edits, depth: number, key?: string): unknown {
  if (typeof value === 'string') return edits.edit(value, key);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  return Array.isArray(value) ? mapArray(value, edits, depth, key) : mapObject(value, edits, depth);
}

function mapArray(items: readonly unknown[], edits: Edits, depth: number, key?: string): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const mapped = mapValue(item, edits, depth + 1, key);
    if (mapped !== item) (copy ??= [...items])[index] = mapped;
  }
  return copy ?? items;
}

/** Most objects stay as they are: nothing is allocated until something changes. */
function mapObject(object: object, edits: Edits, depth: number): object {
  let changes: Map<string, readonly [key: string, value: unknown]> | undefined;
  const opaque = edits.opaque?.get(object);
  for (const key of Object.keys(object)) {
    const value: unknown = Reflect.get(object, key);
    const mapped = key === opaque ? value : mapValue(value, edits, depth + 1, key);
    const mappedKey = edits.editKey(key);
    if (mapped !== value || mappedKey !== key) (changes ??= new Map()).set(key, [mappedKey, mapped]);
  }
  return changes === undefined ? object : withChanges(object, changes);
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
