import { flaw } from './flaw.ts';
import { isNode, lookUp, type Node, within } from './keywords.ts';
import { placeOf } from './reference.ts';

/** Keywords beside which what is evaluated depends on the value. */
const CONDITIONAL = ['anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'dependencies', '$dynamicRef'];

/** Which properties a schema speaks of. */
interface Spoken {
  readonly names: Set<string>;
  readonly patterns: Set<string>;
  /** Of every one there is. */
  all: boolean;
}

/**
 * `unevaluatedProperties` of 2019-09 as `additionalProperties`, which sees only the properties beside it: those of
 * `allOf` and of references are named there too.
 */
export function closeProperties(
  { unevaluatedProperties: closed, ...node }: Node,
  { root, place }: { readonly root: unknown; readonly place: string },
): Node {
  if (closed === undefined || node['additionalProperties'] !== undefined) return node;
  const spoken: Spoken = { names: new Set(), patterns: new Set(), all: false };
  const isKnown = collect(node, root, spoken, new Set());
  if (spoken.all) return node;
  if (!isKnown) {
    throw flaw(
      within(place, 'unevaluatedProperties'),
      'claude knows no such keyword; write the properties of each case in one place, with additionalProperties',
    );
  }
  const withNames = named(node['properties'], spoken.names);
  const withPatterns = named(node['patternProperties'], spoken.patterns);
  return {
    ...node,
    ...(withNames === undefined ? {} : { properties: withNames }),
    ...(withPatterns === undefined ? {} : { patternProperties: withPatterns }),
    additionalProperties: closed,
  };
}

/** `unevaluatedItems` of 2019-09 as what stands for further items. */
export function closeItems({ unevaluatedItems: closed, ...node }: Node, { place }: { readonly place: string }): Node {
  if (closed === undefined) return node;
  const { items, prefixItems, additionalItems } = node;
  const isOpen =
    prefixItems === undefined ? items === undefined || isOpenTuple(items, additionalItems) : !('items' in node);
  if (!isOpen) return node;
  const other = [...CONDITIONAL, 'allOf', '$ref', 'contains'].find((keyword) => node[keyword] !== undefined);
  if (other !== undefined) {
    throw flaw(
      within(place, 'unevaluatedItems'),
      `claude knows no such keyword, and beside ${other} none means the same`,
    );
  }
  return { ...node, [Array.isArray(items) ? 'additionalItems' : 'items']: closed };
}

function isOpenTuple(items: unknown, additionalItems: unknown): boolean {
  return Array.isArray(items) && additionalItems === undefined;
}

/** Collects the properties that a schema speaks of whatever the value is; false where that is not all there may be. */
function collect(schema: unknown, root: unknown, spoken: Spoken, seen: Set<unknown>): boolean {
  if (!isNode(schema) || seen.has(schema)) return true;
  seen.add(schema);
  if (schema['additionalProperties'] !== undefined || schema['unevaluatedProperties'] !== undefined) spoken.all = true;
  for (const name of Object.keys(asNode(schema['properties']))) spoken.names.add(name);
  for (const pattern of Object.keys(asNode(schema['patternProperties']))) spoken.patterns.add(pattern);
  const { $ref, allOf } = schema;
  const parts = Array.isArray(allOf) ? [...allOf] : [];
  if ($ref !== undefined) {
    const place = placeOf($ref);
    if (place === null) return false;
    parts.push(lookUp(root, place));
  }
  const isKnown = parts.map((part) => collect(part, root, spoken, seen)).every(Boolean);
  return isKnown && !CONDITIONAL.some((keyword) => schema[keyword] !== undefined);
}

function named(own: unknown, names: ReadonlySet<string>): Node | undefined {
  const all = asNode(own);
  const further = [...names].filter((name) => !Object.hasOwn(all, name));
  if (further.length === 0 && own === undefined) return undefined;
  return { ...all, ...Object.fromEntries(further.map((name) => [name, true])) };
}

function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}
