/** Characters of a window. */
export const WINDOW = 4;
/** The bits of a window's number. */
const WINDOW_BITS = 20;
/** How many characters are gone through at a time. */
export const BLOCK_LENGTH = 2 * 1024;
/** How much is known of what stands before a block and behind it. */
export const MARGIN = 128;

/**
 * Of how many windows the neighbours are known: a window's number, which characters may stand just before it and just
 * behind it, a bit for each by its low five bits, the number of its gate, and the bits that are clear in its characters
 * where an anchor may stand.
 */
const NEIGHBOURS = 2 ** 13;
export const NEIGHBOUR = 8;
export const BEFORE = 1;
export const BEHIND = 2;
export const NUMBER = 3;
export const CLEAR = 4;
/** What spreads windows over those, the odd number next to 2^32 over the golden ratio, and what leaves as many bits as their bytes have. */
export const SPREAD = 0x9e37_79b1;
export const SPREAD_SHIFT = 32 - 13 - 5;
export const SPREAD_MASK = (NEIGHBOURS - 1) << 5;

/** Where in a memory each thing begins that places are found by, in bytes, and where all ends. */
export const AT = { bytes: 0, places: 4 * 1024, neighbours: 16 * 1024, windows: 272 * 1024, end: 448 * 1024 };

/** What places are found by, all in one memory. */
export interface Tables {
  /** The low halves of a block's characters, from the margin on, and of what stands around it. */
  readonly bytes: Buffer;
  readonly view: DataView;
  /** The places that were found. */
  readonly places: Int32Array;
  readonly neighbours: Int32Array;
  /** A bit for each window that some anchor may be seen through. */
  readonly windows: Uint32Array;
}

/** @param windows by default those that are in the memory, too */
export function tablesIn(
  memory: ArrayBuffer,
  windows: Uint32Array = new Uint32Array(memory, AT.windows, 2 ** (WINDOW_BITS - 5)),
): Tables {
  const size = MARGIN + BLOCK_LENGTH + MARGIN;
  return {
    bytes: Buffer.from(memory, AT.bytes, size),
    view: new DataView(memory, AT.bytes, size),
    places: new Int32Array(memory, AT.places, (AT.neighbours - AT.places) / Int32Array.BYTES_PER_ELEMENT),
    neighbours: new Int32Array(memory, AT.neighbours, NEIGHBOUR * NEIGHBOURS),
    windows,
  };
}

/**
 * Notes every second place of a block, from the margin on and before `last`, whose window is known and whose neighbours
 * an anchor may have there, as far as they are known. Returns how many. All whose windows are known are noted before
 * any is looked at closer: a loop that has no branch to be foretold takes half the time.
 */
export function findPlaces({ view, places, neighbours, windows }: Tables, last: number): number {
  return keepFitting(view, neighbours, places, notePlaces(view, windows, places, last));
}

/** A function of its own, and compiled as such. */
function notePlaces(view: DataView, windows: Uint32Array, places: Int32Array, last: number): number {
  let count = 0;
  let window = windowAt(view, MARGIN);
  // Two places at a time: hardly one pair in ten has one that is known.
  for (let at = MARGIN; at < last; at += 4) {
    const next = windowAt(view, at + 4);
    const between = ((window << 10) | (next >>> 10)) & 0xfffff;
    const first = (windows[window >>> 5] ?? 0) >>> (window & 31);
    const second = (windows[between >>> 5] ?? 0) >>> (between & 31);
    if (((first | second) & 1) !== 0) {
      places[count] = at;
      count += first & 1;
      places[count] = at + 2;
      count += second & 1;
    }
    window = next;
  }
  return count > 0 && (places[count - 1] ?? 0) >= last ? count - 1 : count;
}

/** And so is this one. */
function keepFitting(view: DataView, neighbours: Int32Array, places: Int32Array, count: number): number {
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const at = places[index] ?? 0;
    const window = windowAt(view, at);
    const neighbour = neighboursOf(window);
    const before = (neighbours[neighbour + BEFORE] ?? 0) >>> (view.getUint8(at - 1) & 31);
    const behind = (neighbours[neighbour + BEHIND] ?? 0) >>> (view.getUint8(at + WINDOW) & 31);
    const set = view.getInt32(at, true) & (neighbours[neighbour + CLEAR] ?? 0);
    places[kept] = at;
    kept += neighbours[neighbour] === window ? before & behind & Number(set === 0) : 1;
  }
  return kept;
}

/** The window at a place: the low five bits of four characters, which are read at once. */
export function windowAt(view: DataView, at: number): number {
  const four = view.getUint32(at);
  const pairs = (four & 0x1f_001f) | ((four >>> 3) & 0x3e0_03e0);
  return ((pairs >>> 6) & 0xf_fc00) | (pairs & 0x3ff);
}

/** Where the neighbours of a window are, unless those of another one are there. */
export function neighboursOf(window: number): number {
  return ((Math.imul(window, SPREAD) >>> SPREAD_SHIFT) & SPREAD_MASK) >>> 2;
}
