import { anchorsOf } from './anchors.ts';
import { isNode, mapHeld, type Node, within } from './keywords.ts';
import { placeOf, referenceTo } from './reference.ts';
import { RULES } from './rules.ts';

/** A schema in draft-07, which is what claude's validator takes. */
export interface Translation {
  readonly schema: unknown;
  /** Keywords that no draft has, with their places: they were left out, since claude stumbles over them. */
  readonly leftOut: readonly string[];
  /** Where what now stands at a place stood before. */
  origin(place: string): string;
}

/**
 * Turns a schema of any draft, or of OpenAPI, into draft-07, with no change to what it accepts.
 * @throws SluiceError `usage`, with the place, where that can't be done
 */
export function toDraft07(root: unknown): Translation {
  const anchors = anchorsOf(root);
  const leftOut: string[] = [];
  const places = new Map<string, string>();

  function translate(given: unknown, from: string, to: string): unknown {
    if (!isNode(given)) return given;
    places.set(from, to);
    const node = RULES.reduce<Node>((part, rule) => rule(part, { root, place: from, anchors, leftOut }), given);
    return Object.fromEntries(
      Object.entries(node).map(([keyword, value]) => [
        keyword,
        mapHeld(keyword, value, (schema, path) =>
          translate(schema, within(from, keywordBefore(given, keyword), ...path), within(to, keyword, ...path)),
        ),
      ]),
    );
  }

  const schema = followMoved(translate(root, '#', '#'), places);
  const origins = new Map([...places].map(([from, to]) => [to, from]));
  return { schema, leftOut, origin: (place) => originOf(place, origins) };
}

/** Under which keyword stood what now stands under another. */
function keywordBefore(given: Node, keyword: string): string {
  const has = (name: string): boolean => given[name] !== undefined;
  switch (keyword) {
    case 'items':
      return has('prefixItems') ? 'prefixItems' : has('items') ? 'items' : 'unevaluatedItems';
    case 'additionalItems': {
      const own = has('prefixItems') ? 'items' : 'additionalItems';
      return has(own) ? own : 'unevaluatedItems';
    }
    case 'additionalProperties':
      return has(keyword) ? keyword : 'unevaluatedProperties';
    case 'dependencies':
      return has(keyword) ? keyword : 'dependentSchemas';
    default:
      return keyword;
  }
}

/** References to places lead to where these are now. */
function followMoved(schema: unknown, places: ReadonlyMap<string, string>): unknown {
  if (!isNode(schema)) return schema;
  const followed = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (keyword !== '$ref') return [keyword, mapHeld(keyword, value, (held) => followMoved(held, places))];
    const place = placeOf(value);
    const moved = place === null ? undefined : places.get(place);
    return [keyword, moved === undefined || moved === place ? value : referenceTo(moved)];
  });
  return Object.fromEntries(followed);
}

function originOf(place: string, origins: ReadonlyMap<string, string>): string {
  for (let prefix = place; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
    const origin = origins.get(prefix);
    if (origin !== undefined) return origin + place.slice(prefix.length);
  }
  return place;
}
