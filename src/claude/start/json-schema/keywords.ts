import { isRecord } from '../../../is-record.ts';

/** A schema, or a part of one, that is an object. */
export type Node = Readonly<Record<string, unknown>>;

/** Where schemas stand in the value of a keyword. */
type Holding = 'a schema' | 'schemas' | 'schemas by name' | 'a schema or schemas' | 'schemas or names by name';

/** Keywords with schemas in them, of all drafts from 04 to 2020-12. */
const HOLDERS = new Map<string, Holding>([
  ['additionalItems', 'a schema'],
  ['additionalProperties', 'a schema'],
  ['contains', 'a schema'],
  ['contentSchema', 'a schema'],
  ['else', 'a schema'],
  ['if', 'a schema'],
  ['not', 'a schema'],
  ['propertyNames', 'a schema'],
  ['then', 'a schema'],
  ['unevaluatedItems', 'a schema'],
  ['unevaluatedProperties', 'a schema'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['prefixItems', 'schemas'],
  ['$defs', 'schemas by name'],
  ['definitions', 'schemas by name'],
  ['dependentSchemas', 'schemas by name'],
  ['patternProperties', 'schemas by name'],
  ['properties', 'schemas by name'],
  ['items', 'a schema or schemas'],
  ['dependencies', 'schemas or names by name'],
]);

/** Keywords of draft-07 that hold no schema. */
const PLAIN = (
  '$comment $id $ref const contentEncoding contentMediaType default deprecated description enum examples ' +
  'exclusiveMaximum exclusiveMinimum maxItems maxLength maxProperties maximum minItems minLength minProperties ' +
  'minimum multipleOf nullable pattern readOnly required title type uniqueItems writeOnly'
).split(' ');

const NEWER = ['dependentSchemas', 'prefixItems', 'unevaluatedItems', 'unevaluatedProperties'];

/** What claude's validator knows: the keywords of draft-07, `$defs`, and what it knows to ignore (2.1.197, 2.1.332). */
export const TAKEN: ReadonlySet<string> = new Set([
  ...[...HOLDERS.keys()].filter((keyword) => !NEWER.includes(keyword)),
  ...PLAIN,
]);

export function isNode(value: unknown): value is Node {
  return isRecord(value);
}

/** A part of a schema less some of its keywords. */
export function without(node: Node, ...keywords: readonly string[]): Node {
  return Object.fromEntries(Object.entries(node).filter(([keyword]) => !keywords.includes(keyword)));
}

/** Gives each schema in the value of a keyword to a function, and puts what that makes of it in its place. */
export function mapHeld(
  keyword: string,
  value: unknown,
  change: (schema: unknown, path: readonly string[]) => unknown,
): unknown {
  switch (HOLDERS.get(keyword)) {
    case 'a schema':
      return change(value, []);
    case 'schemas':
      return mapList(value, change);
    case 'a schema or schemas':
      return Array.isArray(value) ? mapList(value, change) : change(value, []);
    case 'schemas by name':
    case 'schemas or names by name':
      if (!isNode(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, held]) => [name, Array.isArray(held) ? held : change(held, [name])]),
      );
    default:
      return value;
  }
}

/** A schema and all those in it, with their places; each before those within. */
export function* schemasIn(schema: unknown, place = '#'): Generator<{ readonly node: Node; readonly place: string }> {
  if (!isNode(schema)) return;
  yield { node: schema, place };
  for (const [keyword, value] of Object.entries(schema)) {
    const held: { readonly schema: unknown; readonly path: readonly string[] }[] = [];
    mapHeld(keyword, value, (schema, path) => held.push({ schema, path }));
    for (const { schema, path } of held) yield* schemasIn(schema, within(place, keyword, ...path));
  }
}

/** A place below another: a JSON Pointer (RFC 6901) behind a `#`. */
export function within(place: string, ...path: readonly string[]): string {
  return [place, ...path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** What stands at a place, or undefined. */
export function lookUp(root: unknown, place: string): unknown {
  let found = root;
  for (const step of place.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function mapList(value: unknown, change: (schema: unknown, path: readonly string[]) => unknown): unknown {
  return Array.isArray(value) ? value.map((schema, index) => change(schema, [String(index)])) : value;
}
