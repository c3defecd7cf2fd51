import { CONTEXT_ANCHORS } from './contexts/contexts.ts';
import { AWS_PAIR_ANCHORS } from './contexts/keys/aws-pair.ts';
import { RULES } from './rules/rules.ts';
import { VIEW_ANCHORS } from './views/views.ts';
import { AnchorIndex } from './scan/anchor-index.ts';

let formats: AnchorIndex | undefined;

/** An index of every format that the redactor knows by itself, to add to. Made once, copied from then on. */
export function indexFormats(): AnchorIndex {
  formats ??= makeIndex();
  return new AnchorIndex(formats);
}

function makeIndex(): AnchorIndex {
  const index = new AnchorIndex();
  // Before the rule of the id, which stands where they begin.
  for (const anchor of AWS_PAIR_ANCHORS) index.add(anchor);
  for (const rule of RULES) for (const anchor of rule.anchors) index.add(anchor);
  for (const anchor of CONTEXT_ANCHORS) index.add(anchor);
  for (const anchor of VIEW_ANCHORS) index.add(anchor);
  return index;
}
