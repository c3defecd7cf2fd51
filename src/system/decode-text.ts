import { isUtf8 } from 'node:buffer';
import { encodingOf } from './text-encoding.ts';

/** A text, and how much of its bytes was none. */
export interface DecodedText {
  readonly text: string;
  /** How many U+FFFD stand in it for bytes that are no text. */
  readonly replaced: number;
}

const REPLACEMENT = '\uFFFD';

/**
 * Reads bytes as the text they are: UTF-8, or UTF-16 with a byte order mark. The mark is left out.
 * @throws the engine's error for more than a string can hold, some 512 MiB
 */
export function decodeText(bytes: Buffer): DecodedText {
  const { name, mark } = encodingOf(bytes);
  const body = bytes.subarray(mark);
  if (name === 'utf-8') {
    const text = body.toString('utf8');
    return { text, replaced: isUtf8(body) ? 0 : count(text, REPLACEMENT) - count(body, REPLACEMENT) };
  }
  const text = new TextDecoder(name, { ignoreBOM: true }).decode(body);
  return { text, replaced: count(text, REPLACEMENT) - count(unitsOf(body, name), REPLACEMENT) };
}

/** The code units of UTF-16 as they are, halves of characters among them. */
function unitsOf(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (encoding === 'utf-16le' ? whole : Buffer.from(whole).swap16()).toString('utf16le');
}

/** How often a piece is in a text, or in the bytes of one. */
function count(whole: string | Buffer, piece: string): number {
  let times = 0;
  for (let at = whole.indexOf(piece); at !== -1; at = whole.indexOf(piece, at + 1)) times++;
  return times;
}
