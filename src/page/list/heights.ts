/** Where rows of different heights are, one below the other: a Fenwick tree, so that 50,000 of them take no time. */
export interface Heights {
  readonly total: number;
  at(index: number): number;
  set(index: number, height: number): void;
  /** How far down a row begins. */
  top(index: number): number;
  /** The row at this distance from the top, the first or last one beyond the ends. */
  indexAt(distance: number): number;
}

/** Starts with as many rows as there are heights. */
export function createHeights(count: number, heightOf: (index: number) => number): Heights {
  const heights = Float64Array.from({ length: count }, (_, index) => heightOf(index));
  // Each place has the sum of as many heights as its lowest bit says, up to its own.
  const sums = new Float64Array(count + 1);
  for (let place = 1; place <= count; place++) {
    sums[place]! += heights[place - 1]!;
    const above = place + (place & -place);
    if (above <= count) sums[above]! += sums[place]!;
  }

  function top(index: number): number {
    let sum = 0;
    for (let place = Math.min(index, count); place > 0; place -= place & -place) sum += sums[place]!;
    return sum;
  }

  return {
    get total() {
      return top(count);
    },
    at: (index) => heights[index] ?? 0,
    set(index, height) {
      const change = height - (heights[index] ?? 0);
      heights[index] = height;
      for (let place = index + 1; place <= count; place += place & -place) sums[place]! += change;
    },
    top,
    indexAt(distance) {
      let place = 0;
      let left = distance;
      for (let step = 2 ** Math.floor(Math.log2(Math.max(1, count))); step >= 1; step /= 2) {
        if (place + step > count || sums[place + step]! > left) continue;
        place += step;
        left -= sums[place]!;
      }
      return Math.max(0, Math.min(place, count - 1));
    },
  };
}
