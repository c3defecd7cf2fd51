import { startsToken } from './left-edge.ts';
import type { Reader } from './reader.ts';
import type { Anchor, Span } from './span.ts';

/** A secret known by how it begins. The tests prove each rule with its own two examples. */
export interface PrefixRule {
  readonly kind: string;
  /** At least three characters, matched exactly. */
  readonly prefix: string;
  /** The alphabet (see alphabets.ts) of what follows the prefix. */
  readonly alphabet: number;
  /** How many characters of it follow at least, and how many are masked at most. */
  readonly min: number;
  readonly max: number;
  /** What follows the prefix in a real one; kept apart from the prefix so that no scanner trips over this source. */
  readonly body: string;
  /** Text that resembles one and stays. */
  readonly benign: string;
}

const FILLER = /example|xxxxx|your[-_]/i;

/** Fewer different characters than this and it is a mask or a filler, not a secret. */
const MIN_VARIETY = 5;

/** The anchor that finds what `rule` describes; nothing is required to the right of it. */
export function anchorOfRule(rule: PrefixRule): Anchor {
  const parse = (reader: Reader, start: number, bodyStart: number): Span | undefined => {
    const enough = bodyStart + rule.min;
    if (!startsToken(reader, start) || reader.skip(rule.alphabet, bodyStart, enough) < enough) return undefined;
    if (isFiller(reader.text.slice(bodyStart, enough))) return undefined;
    return { kind: rule.kind, start, end: reader.skip(rule.alphabet, enough, bodyStart + rule.max) };
  };
  return { text: rule.prefix, exact: true, parse };
}

function isFiller(body: string): boolean {
  return new Set(body).size < MIN_VARIETY || FILLER.test(body);
}
