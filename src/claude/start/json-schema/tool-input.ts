import { flaw } from './flaw.ts';
import { isNode, lookUp, type Node } from './keywords.ts';
import { placeOf } from './reference.ts';

/**
 * The schema of an answer as that of a tool's input, which is what claude makes of it: the API takes nothing that does not
 * say of itself that it is an object.
 * @throws SluiceError `usage` for one that can't be an object
 */
export function asToolInput(schema: Node): Node {
  const types = typesOf(schema, schema, new Set());
  if (types === null || types.includes('object')) return { ...schema, type: 'object' };
  // What is no type at all is told where the schema is judged.
  if (!types.every(isType)) return schema;
  throw flaw('#', `claude answers with an object, and this is ${types.join(' or ')}; put it in a property of one`);
}

/** The types that a schema names, or null where it names none. */
function typesOf(schema: unknown, root: unknown, seen: Set<unknown>): readonly unknown[] | null {
  if (!isNode(schema) || seen.has(schema)) return null;
  seen.add(schema);
  const { type, $ref, const: only, enum: choices } = schema;
  const place = placeOf($ref);
  if (type !== undefined) return [type].flat();
  if (place !== null) return typesOf(lookUp(root, place), root, seen);
  const values: unknown = only === undefined ? choices : [only];
  return Array.isArray(values) ? [...new Set(values.map(typeOf))] : null;
}

function isType(name: unknown): boolean {
  return ['array', 'boolean', 'integer', 'null', 'number', 'string'].some((type) => type === name);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
