/**
 * Applies `edit` to every string in a JSON value, at any depth, object keys included. Copy on write: what `edit` left
 * as it was is the same reference. Two places are passed over, where every character counts and none is prose: the
 * data of base64 sources and the signatures of thinking blocks (Messages API).
 * @param editKey what is done to keys, when that is something else
 */
export function mapStrings<Value>(value: Value, edit: Edit, editKey: Edit = edit): Value {
  // `edit` turns strings into strings and the walk keeps all other shapes.
  return mapValue(value, { edit, editKey }) as Value;
}

type Edit = (text: string) => string;

interface Edits {
  readonly edit: Edit;
  readonly editKey: Edit;
}

function mapValue(value: unknown, edits: Edits): unknown {
  if (typeof value === 'string') return edits.edit(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? mapArray(value, edits) : mapObject(value, edits);
}

function mapArray(items: readonly unknown[], edits: Edits): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const mapped = mapValue(item, edits);
    if (mapped !== item) (copy ??= [...items])[index] = mapped;
  }
  return copy ?? items;
}

/** Most objects stay as they are: nothing is allocated until something changes. */
function mapObject(object: object, edits: Edits): object {
  let changes: Map<string, readonly [key: string, value: unknown]> | undefined;
  const opaque = opaqueKey(object);
  for (const key of Object.keys(object)) {
    const value: unknown = Reflect.get(object, key);
    const mapped = key === opaque && isBase64(value) ? value : mapValue(value, edits);
    const mappedKey = edits.editKey(key);
    if (mapped !== value || mappedKey !== key) (changes ??= new Map()).set(key, [mappedKey, mapped]);
  }
  return changes === undefined ? object : withChanges(object, changes);
}

function opaqueKey(object: object): string | undefined {
  if (!('type' in object)) return undefined;
  if (object.type === 'base64' && 'media_type' in object) return 'data';
  return object.type === 'thinking' || object.type === 'signature_delta' ? 'signature' : undefined;
}

/** Long enough to be what its place says it is, and no key that somebody put there. */
function isBase64(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 100 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(value);
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
