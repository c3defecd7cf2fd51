import type { AllowList } from './custom/allow-list.ts';
import { anchorsOfKnownValue } from './custom/known-values.ts';
import type { SecretPattern } from './custom/user-patterns.ts';
import { indexFormats } from './formats.ts';
import { KINDS } from './kinds.ts';
import { placeholderAnchor } from './placeholders.ts';
import type { AnchorIndex } from './scan/anchor-index.ts';

/** A secret that is masked wherever it stands. */
export interface KnownSecret {
  readonly value: string;
  readonly kind: string;
}

/** All that decides what a redactor takes for a secret. */
export interface Declared {
  /** Kinds of secrets besides the redactor's own, for placeholders of an earlier pass. */
  readonly kinds: Iterable<string>;
  readonly known: readonly KnownSecret[];
  readonly patterns: readonly SecretPattern[];
  readonly allow: AllowList;
}

/** What secrets are found by. Nothing that is found changes it, so that redactors can share it. */
export interface Lookup {
  readonly index: AnchorIndex;
  /** The beginnings of known secrets too spaced to lie within one token. */
  readonly spacedHeads: readonly string[];
  /** Nothing shorter can be found. */
  readonly shortest: number;
  /** Short texts with no secret in them: keys and words that every message has. */
  readonly clean: Set<string>;
}

/** Nothing shorter can hold a name, a sign and a secret, or a URL with a password. */
const MIN_TEXT = 7;

/** How many are kept, those used last: all runs of a server have the same one. */
const MOST_KEPT = 4;

const kept = new Map<string, Lookup>();

/** The lookup for these secrets; redactors with the same ones share it, since each takes 200 KB and half a millisecond. */
export function lookupOf(declared: Declared): Lookup {
  const key = JSON.stringify([[...declared.kinds], declared.known, declared.patterns, declared.allow]);
  const lookup = kept.get(key) ?? makeLookup(declared);
  kept.delete(key);
  kept.set(key, lookup);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return lookup;
}

function makeLookup({ kinds, known }: Declared): Lookup {
  const index = indexFormats();
  index.add(placeholderAnchor(new Set([...KINDS, ...kinds])));
  const anchors = known.flatMap(({ value, kind }) => anchorsOfKnownValue(value, kind));
  for (const anchor of anchors) index.add(anchor);
  return {
    index,
    spacedHeads: anchors.map(({ text }) => text.slice(0, 3)).filter((head) => /\s/.test(head)),
    shortest: Math.min(MIN_TEXT, ...anchors.map(({ text }) => text.length)),
    clean: new Set(),
  };
}
