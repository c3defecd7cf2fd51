import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatAnchors, indexFormats, storedFormats } from '../../../src/secrets/formats.ts';
import { AnchorIndex, type FixedIndex, LIST_BITS, type ListName } from '../../../src/secrets/scan/anchor-index.ts';
import { loadIndex, storeIndex } from '../../../src/secrets/scan/stored-index.ts';
import { anchorAt, type Anchor } from '../../../src/secrets/scan/span.ts';

const nothing = () => undefined;

function indexOf(anchors: readonly Anchor[]): AnchorIndex {
  const index = new AnchorIndex();
  for (const anchor of anchors) index.add(anchor);
  return index;
}

/** All that there is to an index, to be compared. */
function contentOf({ lists, furthest, longest }: FixedIndex) {
  const names = Object.keys(LIST_BITS) as ListName[];
  const entries = names.map((name) => Array.from(lists[name].numbers, (number) => [number, lists[name].at(number)]));
  return { furthest, longest, windows: lists.windows.bits, entries };
}

describe('an index that was written down', () => {
  it('is the one that is made of all formats', () => {
    // So many numbers that `toEqual` takes a second over them.
    const [stored, made] = [loadIndex(storedFormats(), formatAnchors()), indexOf(formatAnchors())].map(contentOf);
    expect(isDeepStrictEqual(stored, made)).toBe(true);
  });

  it.each([['abc'], ['abcd'], ['abcde'], ['a-very-long-one-that-begins-like-another'], ['abc', 'abcd', 'xabc', 'ABC']])(
    'is the one that is made of %s',
    (...texts) => {
      const anchors = texts.map((text) => anchorAt(text, nothing, text === 'ABC'));
      const index = indexOf(anchors);
      expect(contentOf(loadIndex(storeIndex(index, anchors), anchors))).toEqual(contentOf(index));
    },
  );

  it('can be begun from, and stays as it is', () => {
    const anchors = ['token', 'key'].map((text) => anchorAt(text, nothing));
    const more = anchorAt('tokens', nothing);
    const base = loadIndex(storeIndex(indexOf(anchors), anchors), anchors);
    const index = new AnchorIndex(base);
    index.add(more);
    expect(index.heads('tokens', 0).map(({ finder }) => finder.length)).toEqual([6, 5]);
    expect(contentOf(base)).toEqual(contentOf(indexOf(anchors)));
  });

  it('is not to be had of an anchor that is not among those it was made of', () => {
    expect(() => storeIndex(indexFormats(), [])).not.toThrow();
    expect(() => storeIndex(indexOf([anchorAt('token', nothing)]), [])).toThrow('not among those');
  });
});
