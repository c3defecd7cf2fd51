import { binaryKindOf } from '../system/binary-kind.ts';
import { decodeText } from '../system/decode-text.ts';
import { describeBinary, describeOddities, describeUnreadable, isUtf32 } from './describe-binary.ts';

/** The text of an input, and what there is to say about it. */
export interface InputText {
  readonly text: string;
  /** What is odd about it, for `stdin has …`; null where it is text all through. */
  readonly oddities: string | null;
}

/** So much that is no text is let through in a short one: what an editor or a torn write left there. */
const STRAY = 8;

/** In a longer one, one character in so many: a log with some lines in another encoding. */
const SHARE = 10;

/**
 * The text of what was piped in, attached, or is the prompt itself; what of it is no text becomes U+FFFD, and NUL stays.
 * @param file its path, for commands that name it; null for stdin
 * @throws an Error that says what it is and what to do, when it is binary
 */
export function inputText(bytes: Buffer, file: string | null): InputText {
  const { text, replaced } = decodeText(bytes);
  const oddities = { replaced, nuls: countNuls(text) };
  const odd = oddities.replaced + oddities.nuls;
  if (odd === 0) return { text, oddities: null };
  const kind = binaryKindOf(bytes);
  if (kind !== undefined) throw new Error(describeBinary(kind, file));
  if (isUtf32(bytes) || odd > Math.max(STRAY, text.length / SHARE))
    throw new Error(describeUnreadable(bytes, oddities, file));
  return { text, oddities: `${describeOddities(oddities)}${replaced === 0 ? '' : '; there, the model sees U+FFFD'}` };
}

function countNuls(text: string): number {
  let nuls = 0;
  for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0', at + 1)) nuls++;
  return nuls;
}
