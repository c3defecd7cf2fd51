import { CONTEXT_ANCHORS } from './contexts/contexts.ts';
import { RULES } from './rules/rules.ts';
import { AnchorIndex } from './scan/anchor-index.ts';

let formats: AnchorIndex | undefined;

/** An index of every format that the redactor knows by itself, to add to. Made once, copied from then on. */
export function indexFormats(): AnchorIndex {
  formats ??= makeIndex();
  return new AnchorIndex(formats);
}

function makeIndex(): AnchorIndex {
  const index = new AnchorIndex();
  const anchors = [...RULES.flatMap((rule) => rule.anchors), ...CONTEXT_ANCHORS];
  // Short ones first: they have no choice of triples, and longer ones can share theirs.
  for (const anchor of anchors.toSorted((a, b) => a.text.length - b.text.length)) index.add(anchor);
  return index;
}
