import { anchorNear, type AnchorIndex } from './anchor-index.ts';
import { isHopeless, recall, type Seen } from './familiar.ts';
import { BLOCK_LENGTH } from './places.ts';
import { MAX_TOKEN } from './text-boundaries.ts';

/** With as many places a text may hold a crowd, or repeat itself: it takes more than a glance. */
const MANY = 24;

/**
 * Where the first place of a text stands that is not known to lead nowhere, 0 where a glance does not tell, or -1 where
 * there is none, which is so for most lines.
 */
export function firstStrange(index: AnchorIndex, text: string, startsLine: boolean): number {
  // What is longer may be parted where no token ends.
  if (text.length >= MAX_TOKEN) return 0;
  const { block } = index;
  const seen: Seen = { text, startsLine, floor: 0 };
  let places = 0;
  for (let from = 0; from < text.length; from += BLOCK_LENGTH) {
    const found = block.read(text, from, Math.min(from + BLOCK_LENGTH, text.length));
    places += found;
    if (places >= MANY) return 0;
    for (let place = 0; place < found; place += 1) {
      const gate = block.gateAt(place);
      const position = block.positionOf(place);
      if (!isHopeless(gate.known) && recall(gate.known, seen, position) !== undefined) continue;
      if (!block.fits(gate, place)) continue;
      for (const candidate of gate.candidates) if (anchorNear(candidate, text, position) !== undefined) return position;
    }
  }
  return -1;
}
