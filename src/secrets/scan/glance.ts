import { anchorNear, type AnchorIndex } from './anchor-index.ts';
import { MIN_CROWDED } from './crowd.ts';
import { find, isHopeless, recall, type Seen } from './familiar.ts';
import type { Pass } from './pass.ts';
import { BLOCK_LENGTH } from './places.ts';
import { MAX_TOKEN } from './text-boundaries.ts';
import type { Gate } from './window-gates.ts';

/** With as many places a text may hold a crowd: it takes more than a glance. */
const MANY = 24;
/** With as many that are strange it may repeat itself. */
const MANY_STRANGE = 32;

/**
 * Where the first place of a text stands that is not known to lead nowhere, 0 where a glance does not tell, or -1 where
 * there is none, which is so for most lines. A text of which it is told holds no crowd.
 */
export function firstStrange(index: AnchorIndex, text: string, startsLine: boolean): number {
  // What is longer may be parted where no token ends.
  if (text.length >= MAX_TOKEN) return 0;
  const { block } = index;
  const seen: Seen = { text, startsLine, floor: 0 };
  const isShort = text.length < MIN_CROWDED;
  let left = MANY;
  let first = -1;
  for (let from = 0; from < text.length; from += BLOCK_LENGTH) {
    const found = block.read(text, from, Math.min(from + BLOCK_LENGTH, text.length));
    for (let place = 0; place < found; place += 1) {
      const gate = block.gateAt(place);
      if (!block.fits(gate, place)) continue;
      left -= 1;
      if (left === 0 && !isShort) return 0;
      const position = block.positionOf(place);
      if (first >= 0 || !isStrange(gate, seen, position)) continue;
      if (isShort) return position;
      first = position;
    }
  }
  return first;
}

/**
 * Tries what stands at the strange places of a short text, just after the first was found, until that leads to something.
 * Returns where to go on then, or -1 where nothing does.
 */
export function tryShort(index: AnchorIndex, text: string, startsLine: boolean, pass: Pass, first: number): number {
  const { block } = index;
  const seen: Seen = { text, startsLine, floor: 0 };
  let { found, reads } = block;
  let left = MANY_STRANGE;
  for (let place = 0; place < found; place += 1) {
    const position = block.positionOf(place);
    if (position < first) continue;
    const gate = block.gateAt(place);
    if (position > first && !(block.fits(gate, place) && isStrange(gate, seen, position))) continue;
    left -= 1;
    if (left < 0) return position;
    if (pass.tryStrange(position, gate)) return position + 2;
    if (block.reads === reads) continue;
    // What the text has in another form was looked through.
    found = block.read(text, position + 2, text.length);
    reads = block.reads;
    place = -1;
  }
  return -1;
}

/** Whether an anchor stands near a place that fits, unless that is known to lead nowhere. */
function isStrange(gate: Gate, seen: Seen, position: number): boolean {
  const { known } = gate;
  if (isHopeless(known)) return standsNear(gate, seen.text, position) && find(known, seen, position) === undefined;
  if (recall(known, seen, position) !== undefined || !standsNear(gate, seen.text, position)) return false;
  known.strange += 1;
  return true;
}

function standsNear({ candidates }: Gate, text: string, position: number): boolean {
  for (const candidate of candidates) if (anchorNear(candidate, text, position) !== undefined) return true;
  return false;
}
