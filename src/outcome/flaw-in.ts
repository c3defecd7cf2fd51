/** The part of JSON Schema that {@link flawIn} goes by. */
export interface Shape {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: 'string' | 'integer' | 'array' | 'object';
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** The first place where a value is not as it should be, as in `findings[3].line`, and what is expected there. */
export interface Flaw {
  readonly place: string;
  readonly expected: string;
}

/** Looks for the first flaw of a value; null where it meets the shape. */
export function flawIn(shape: Shape, value: unknown, place = ''): Flaw | null {
  switch (shape.type) {
    case 'string':
      if (typeof value !== 'string') return { place, expected: 'a text' };
      if (shape.enum?.includes(value) === false) return { place, expected: `one of ${shape.enum.join(', ')}` };
      return value.length < (shape.minLength ?? 0) ? { place, expected: 'a text that is not empty' } : null;
    case 'integer':
      return Number.isInteger(value) && Number(value) >= (shape.minimum ?? -Infinity)
        ? null
        : { place, expected: `a whole number${shape.minimum === undefined ? '' : ` from ${shape.minimum}`}` };
    case 'array':
      return Array.isArray(value) ? flawInList(shape, value, place) : { place, expected: 'a list' };
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? flawInObject(shape, value, place)
        : { place, expected: 'an object' };
    default:
      return shape.type satisfies never;
  }
}

function flawInList({ items }: Shape, list: readonly unknown[], place: string): Flaw | null {
  if (items === undefined) return null;
  for (const [index, item] of list.entries()) {
    const flaw = flawIn(items, item, `${place}[${index}]`);
    if (flaw !== null) return flaw;
  }
  return null;
}

function flawInObject({ properties = {}, required = [] }: Shape, object: object, place: string): Flaw | null {
  for (const [name, shape] of Object.entries(properties)) {
    const inside = place === '' ? name : `${place}.${name}`;
    if (!Object.hasOwn(object, name)) {
      if (required.includes(name)) return { place: inside, expected: 'it to be there' };
      continue;
    }
    const flaw = flawIn(shape, Reflect.get(object, name), inside);
    if (flaw !== null) return flaw;
  }
  return null;
}
