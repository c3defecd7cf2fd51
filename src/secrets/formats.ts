import { BUILT_INDEX } from './built-index.ts';
import { CONTEXT_ANCHORS } from './contexts/contexts.ts';
import { AWS_PAIR_ANCHORS } from './contexts/keys/aws-pair.ts';
import { RULES } from './rules/rules.ts';
import { VIEW_ANCHORS } from './views/views.ts';
import { AnchorIndex, type FixedIndex } from './scan/anchor-index.ts';
import type { Anchor } from './scan/span.ts';
import { loadIndex, storeIndex } from './scan/stored-index.ts';

let formats: FixedIndex | undefined;

/** An index of every format that the redactor knows by itself, to add to. Made once, copied from then on. */
export function indexFormats(): AnchorIndex {
  formats ??= BUILT_INDEX === null ? makeIndex() : loadIndex(BUILT_INDEX, formatAnchors());
  return new AnchorIndex(formats);
}

/** That index, written down when sluice is built: to make it takes 40 ms. */
export function storedFormats(): string {
  return storeIndex(makeIndex(), formatAnchors());
}

/** What every format is stopped at, in order. */
export function formatAnchors(): readonly Anchor[] {
  // Before the rule of the id, which stands where they begin.
  return [...AWS_PAIR_ANCHORS, ...RULES.flatMap(({ anchors }) => anchors), ...CONTEXT_ANCHORS, ...VIEW_ANCHORS];
}

function makeIndex(): AnchorIndex {
  const index = new AnchorIndex();
  for (const anchor of formatAnchors()) index.add(anchor);
  return index;
}
