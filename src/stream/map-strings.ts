/**
 * Applies `edit` to every string in a JSON value, at any depth, object keys included. Copy on write: what `edit` left
 * as it was is the same reference. Two places are passed over, where every character counts and none is prose: the
 * data of base64 sources and the signatures of thinking blocks (Messages API).
 */
export function mapStrings<Value>(value: Value, edit: (text: string) => string): Value {
  // `edit` turns strings into strings and the walk keeps all other shapes.
  return mapValue(value, edit) as Value;
}

function mapValue(value: unknown, edit: (text: string) => string): unknown {
  if (typeof value === 'string') return edit(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? mapArray(value, edit) : mapObject(value, edit);
}

function mapArray(items: readonly unknown[], edit: (text: string) => string): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const mapped = mapValue(item, edit);
    if (mapped !== item) (copy ??= [...items])[index] = mapped;
  }
  return copy ?? items;
}

function mapObject(object: object, edit: (text: string) => string): object {
  const base64 = 'type' in object && object.type === 'base64';
  let changed = false;
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object)) {
    const opaque = typeof value === 'string' && (key === 'signature' || (base64 && key === 'data'));
    const mapped = opaque ? value : mapValue(value, edit);
    const mappedKey = edit(key);
    if (mapped !== value || mappedKey !== key) changed = true;
    entries.push([mappedKey, mapped]);
  }
  if (!changed) return object;
  const copy: object = Object.fromEntries(entries);
  for (const symbol of Object.getOwnPropertySymbols(object)) Reflect.set(copy, symbol, Reflect.get(object, symbol));
  return copy;
}
