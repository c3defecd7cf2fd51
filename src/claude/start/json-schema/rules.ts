import { setAnnotations } from './annotations.ts';
import { checkDialect } from './dialects.ts';
import { flaw } from './flaw.ts';
import { isNode, type Node, within, without } from './keywords.ts';
import { referenceTo } from './reference.ts';
import { closeItems, closeProperties } from './unevaluated.ts';
import { asUnicodePattern } from './unicode-pattern.ts';

/** What a rule may need to know beside the part of a schema that it is about. */
export interface Surroundings {
  readonly root: unknown;
  readonly place: string;
  readonly anchors: ReadonlyMap<string, string>;
  readonly leftOut: string[];
}

/** One difference between drafts, in one part of a schema; what is in that part comes later. */
type Rule = (node: Node, surroundings: Surroundings) => Node;

/** All of them. In this order: what decides on items and properties first, as they were given. */
export const RULES: readonly Rule[] = [
  dialect,
  closeItems,
  closeProperties,
  tuples,
  dependents,
  references,
  counts,
  booleanBounds,
  nullability,
  idleKeywords,
  choices,
  patterns,
  setAnnotations,
];

function dialect({ $schema, ...node }: Node, { place }: Surroundings): Node {
  checkDialect($schema, place);
  return node;
}

/** 2020-12 has `prefixItems`, and `items` for the rest. */
function tuples({ prefixItems, ...node }: Node): Node {
  if (prefixItems === undefined) return node;
  const { items, ...others } = node;
  return { ...others, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) };
}

/** Since 2019-09 `dependencies` are two. */
function dependents({ dependentRequired, dependentSchemas, ...node }: Node): Node {
  if (dependentRequired === undefined && dependentSchemas === undefined) return node;
  const [required, schemas, both] = [dependentRequired, dependentSchemas, node['dependencies']].map((value) =>
    isNode(value) ? value : {},
  );
  const names = new Set([required, schemas, both].flatMap((value) => Object.keys(value ?? {})));
  const dependencies = [...names].map((name): [string, unknown] => {
    const parts = [both?.[name], required?.[name], schemas?.[name]].filter((part) => part !== undefined);
    if (parts.length === 1) return [name, parts[0]];
    return [name, { allOf: parts.map((part) => (Array.isArray(part) ? { required: part } : part)) }];
  });
  return { ...node, dependencies: Object.fromEntries(dependencies) };
}

/** Anchors become places. In one document `$dynamicRef` and `$recursiveRef` lead where a `$ref` would. */
function references(node: Node, { place, anchors }: Surroundings): Node {
  const others = without(node, '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$dynamicRef', '$recursiveRef');
  const targets = [node['$ref'], node['$dynamicRef'] ?? node['$recursiveRef']]
    .filter((reference) => reference !== undefined)
    .map((reference) => targetOf(reference, anchors, place));
  if (targets.length === 0) return others;
  if (targets.length === 1) return { ...others, $ref: targets[0] };
  const all: unknown[] = Array.isArray(others['allOf']) ? others['allOf'] : [];
  return { ...others, $ref: targets[0], allOf: [...all, { $ref: targets[1] }] };
}

function targetOf(reference: unknown, anchors: ReadonlyMap<string, string>, place: string): unknown {
  if (typeof reference !== 'string' || !/^#[^/]/.test(reference)) return reference;
  const target = anchors.get(reference.slice(1));
  if (target === undefined) throw flaw(place, `there is no $anchor for "${reference}"`);
  return referenceTo(target);
}

/** Draft-07 knows no other number for `contains` than one at least. */
function counts({ minContains, maxContains, ...node }: Node, { place }: Surroundings): Node {
  if (node['contains'] === undefined || (minContains ?? maxContains) === undefined) return node;
  if (maxContains === undefined && minContains === 1) return node;
  if (maxContains === undefined && minContains === 0) return without(node, 'contains');
  const keyword = maxContains === undefined ? 'minContains' : 'maxContains';
  throw flaw(within(place, keyword), `claude knows no ${keyword}; use minItems or maxItems`);
}

/** In draft-04 and OpenAPI 3.0 a bound and whether it is excluded are two. */
function booleanBounds(node: Node): Node {
  return (['minimum', 'maximum'] as const).reduce<Node>((bounded, keyword) => {
    const exclusive = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
    const { [exclusive]: excluded, [keyword]: bound, ...others } = bounded;
    if (typeof excluded !== 'boolean') return bounded;
    if (bound === undefined) return others;
    return { ...others, [excluded ? exclusive : keyword]: bound };
  }, node);
}

/** OpenAPI's `nullable` adds null to a `type`. */
function nullability(node: Node, { place }: Surroundings): Node {
  const { nullable, ...others } = node;
  if (typeof nullable !== 'boolean' || (nullable && node['type'] !== undefined)) return node;
  if (!nullable) return others;
  throw flaw(within(place, 'nullable'), 'there is no type to add null to; write "anyOf": […, {"type": "null"}]');
}

/** What means nothing without another keyword. */
function idleKeywords(node: Node): Node {
  return without(
    node,
    ...(node['if'] === undefined ? ['then', 'else'] : []),
    ...(Array.isArray(node['items']) ? [] : ['additionalItems']),
  );
}

/** Newer drafts let an `enum` say the same twice. */
function choices(node: Node): Node {
  if (!Array.isArray(node['enum'])) return node;
  const different = new Map(node['enum'].map((choice): [string, unknown] => [JSON.stringify(choice), choice]));
  return { ...node, enum: [...different.values()] };
}

/** Claude reads patterns with JavaScript's `u` flag. */
function patterns(node: Node): Node {
  return typeof node['pattern'] === 'string' ? { ...node, pattern: asUnicodePattern(node['pattern']) } : node;
}
