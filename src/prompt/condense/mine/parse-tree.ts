import { WILD } from './mask.ts';

/**
 * A kind of line. Kinds turn out to be one when a word in which they differ takes ever new values: the later one then
 * leads to the earlier.
 */
export interface Kind {
  readonly id: number;
  words: readonly string[];
  sameAs: Kind | null;
}

/** Sorts lines into kinds by their words, one after the other. */
export interface ParseTree {
  /** The kind of a line, which may be {@link Kind.sameAs | the same as} another one later. */
  place(words: readonly string[]): Kind;
  /** All there are, in the order in which they came. */
  kinds(): readonly Kind[];
}

/** So many of the first words lead to a leaf, as in the paper; its depth of 4 counts root and leaf. */
const DEPTH = 2;

/** The share of its words that a line must have in common with a group. */
const SIMILARITY = 0.5;

/** Up to so many values of a word are kinds of their own, as `root` and `guest`; more are a value that changes. */
const FEW = 3;

/** Bounds of memory and time, however many different lines there are. */
const MOST_CHILDREN = 100;
const MOST_GROUPS = 50;
const MOST_KINDS_OF_GROUP = 32;
const MOST_KINDS = 4096;

interface Node {
  readonly children: Map<string, Node>;
  readonly groups: Group[];
}

/** Lines of as many words that are alike. */
interface Group {
  /** Its words, with {@link WILD} wherever lines differ. */
  readonly words: string[];
  /** The values of each word, as long as they are few; null once they are a value that changes. */
  readonly values: (string[] | null)[];
  kinds: Kind[];
}

/**
 * The parse tree of Drain (He et al., “Drain: An Online Log Parsing Approach with Fixed Depth Tree”, ICWS 2017): the
 * number of words leads to a node, the first words to a leaf, and there the most similar group takes the line. In the
 * paper a word in which two lines differ changes; here it does so once it has taken more than a few values, or one that
 * was masked: "session opened" and "session closed" stay two kinds.
 */
export function createParseTree(): ParseTree {
  const root: Node = createNode();
  const all: Kind[] = [];
  let other: Kind | null = null;

  function createKind(words: readonly string[]): Kind {
    if (all.length >= MOST_KINDS) {
      other ??= { id: all.length, words: [WILD], sameAs: null };
      if (all.length === other.id) all.push(other);
      return other;
    }
    const kind: Kind = { id: all.length, words, sameAs: null };
    all.push(kind);
    return kind;
  }

  return {
    place(words) {
      const group = groupOf(leafOf(root, words), words);
      if (widen(group, words)) unite(group);
      const own = wordsIn(group, words);
      const known = group.kinds.find((kind) => areEqual(kind.words, own));
      if (known !== undefined) return known;
      if (group.kinds.length >= MOST_KINDS_OF_GROUP) {
        // Too many words have a few values each: those that differ change.
        for (const [index, word] of group.words.entries()) if (word === WILD) group.values[index] = null;
        unite(group);
        const [first] = group.kinds;
        if (first !== undefined) return first;
      }
      const kind = createKind(own);
      group.kinds.push(kind);
      return kind;
    },
    kinds: () => all,
  };
}

/** The kind that a kind turned out to be. */
export function finalKind(kind: Kind): Kind {
  let last = kind;
  while (last.sameAs !== null) last = last.sameAs;
  return last;
}

function createNode(): Node {
  return { children: new Map(), groups: [] };
}

function leafOf(root: Node, words: readonly string[]): Node {
  let node = child(root, String(words.length));
  for (const word of words.slice(0, DEPTH)) node = child(node, word.includes(WILD) ? WILD : word);
  return node;
}

function child({ children }: Node, word: string): Node {
  const key = children.has(word) || children.size < MOST_CHILDREN ? word : WILD;
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = createNode();
  children.set(key, node);
  return node;
}

/** The most similar group of a leaf, or a new one. */
function groupOf({ groups }: Node, words: readonly string[]): Group {
  let best: Group | undefined;
  let most = -1;
  for (const group of groups) {
    const common = countCommon(group.words, words);
    if (common > most) [best, most] = [group, common];
  }
  const isFull = groups.length >= MOST_GROUPS;
  if (best !== undefined && (isFull || most >= words.length * SIMILARITY)) return best;
  const group: Group = { words: [...words], values: words.map((word) => [word]), kinds: [] };
  groups.push(group);
  return group;
}

function countCommon(one: readonly string[], other: readonly string[]): number {
  let common = 0;
  for (let index = 0; index < one.length; index += 1) if (one[index] === other[index]) common += 1;
  return common;
}

/** Takes the values of one more line. Returns whether a word turned out to be a value that changes. */
function widen({ words, values }: Group, line: readonly string[]): boolean {
  let changes = false;
  for (const [index, word] of line.entries()) {
    const seen = values[index];
    if (seen === null || seen === undefined || seen.includes(word)) continue;
    seen.push(word);
    words[index] = WILD;
    if (seen.length <= FEW && !seen.some(isMasked)) continue;
    values[index] = null;
    changes = true;
  }
  return changes;
}

/** Whether all of a word is masked, or all of its value: `uid=<*>`. */
function isMasked(word: string): boolean {
  return MASKED.test(word);
}
const MASKED = /^(?:.*[=:])?\W*<\*>\W*$/;

/** Lets kinds that differ in nothing but values that change be one. */
function unite(group: Group): void {
  const kept = new Map<string, Kind>();
  for (const kind of group.kinds) {
    const words = wordsIn(group, kind.words);
    const text = words.join(' ');
    const same = kept.get(text);
    if (same === undefined) kept.set(text, Object.assign(kind, { words }));
    else if (same !== kind) kind.sameAs = same;
  }
  group.kinds = [...kept.values()];
}

function wordsIn({ values }: Group, words: readonly string[]): string[] {
  return words.map((word, index) => (values[index] === null ? WILD : word));
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.every((word, index) => word === other[index]);
}
