import { isAscii, isUtf8 } from 'node:buffer';

/** Makes text of bytes that come in pieces; {@link createByteEncoder} makes the same bytes of it again. */
export interface ByteDecoder {
  /** The text of the next bytes; a character that they cut in two comes with its other half. */
  push(bytes: Uint8Array): string;
  /** The text of the bytes that were held back, at most three. */
  end(): string;
}

/** A byte that is no UTF-8 becomes a lone surrogate, which no UTF-8 decodes to: `0xFF` is U+DCFF, as in Python. */
const ESCAPE = 0xdc00;

const LONGEST_CHARACTER = 4;

/** Starts a {@link ByteDecoder}. A byte order mark stays, as U+FEFF. */
export function createByteDecoder(): ByteDecoder {
  let held: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const whole = startOfUnfinished(all);
      // A copy, since the reader may use its buffer again.
      held = Buffer.from(all.subarray(whole));
      return decode(all.subarray(0, whole));
    },
    end() {
      const text = decode(held);
      held = Buffer.alloc(0);
      return text;
    },
  };
}

function decode(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeWithEscapes(bytes);
}

function decodeWithEscapes(bytes: Buffer): string {
  const units = Buffer.allocUnsafe(bytes.length * 2);
  let end = 0;
  const put = (unit: number): void => {
    units[end] = unit;
    units[end + 1] = unit >> 8;
    end += 2;
  };
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes, at);
    const point = length === 0 ? ESCAPE + byteAt(bytes, at) : pointOf(bytes, at, length);
    if (point > 0xffff) put(0xd7c0 + (point >> 10));
    put(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
    at += length || 1;
  }
  return units.toString('utf16le', 0, end);
}

/** Where a character begins that the bytes do not have the end of; their length when there is none. */
function startOfUnfinished(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back += 1) {
    const at = bytes.length - back;
    if (isContinuation(byteAt(bytes, at))) continue;
    return lengthAfter(byteAt(bytes, at)) > back ? at : bytes.length;
  }
  return bytes.length;
}

/** The bytes of the character at `at`, or 0 when none is there: overlong forms and surrogates are none. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  const lead = byteAt(bytes, at);
  const length = lengthAfter(lead);
  if (length < 2) return length;
  const second = byteAt(bytes, at + 1);
  if (!isContinuation(second) || isMisspelt(lead, second)) return 0;
  for (let index = 2; index < length; index += 1) if (!isContinuation(byteAt(bytes, at + index))) return 0;
  return length;
}

/** Whether a shorter form would have done, or it is a surrogate, or beyond U+10FFFF. */
function isMisspelt(lead: number, second: number): boolean {
  if (lead === 0xe0) return second < 0xa0;
  if (lead === 0xed) return second > 0x9f;
  if (lead === 0xf0) return second < 0x90;
  return lead === 0xf4 && second > 0x8f;
}

/** The bytes of a character that begins with `lead`, or 0 when none does. */
function lengthAfter(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

function pointOf(bytes: Buffer, at: number, length: number): number {
  // Of the first byte, as many bits count as the length leaves.
  let point = length === 1 ? byteAt(bytes, at) : byteAt(bytes, at) & (0x7f >> length);
  for (let index = 1; index < length; index += 1) point = (point << 6) | (byteAt(bytes, at + index) & 0x3f);
  return point;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Zero past the end: no lead, no continuation. */
function byteAt(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}
