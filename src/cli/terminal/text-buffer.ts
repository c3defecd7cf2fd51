/** Text that waits to be written. */
export interface TextBuffer {
  /** In UTF-16 units. */
  length(): number;
  add(text: string): void;
  /** All of it in UTF-8; empty then. */
  take(): Uint8Array;
}

/**
 * Keeps pieces of text apart until they are bytes: joined, a single character beyond Latin-1 would make all of them take
 * twice the memory, and several times as long to encode.
 */
export function createTextBuffer(): TextBuffer {
  let pieces: string[] = [];
  let length = 0;
  /** The first half of a character that the next piece has the rest of. */
  let half = '';
  return {
    length: () => length,
    add(text) {
      length += text.length;
      const joined = half + text;
      half = endsInHalf(joined) ? joined.slice(-1) : '';
      pieces.push(half === '' ? joined : joined.slice(0, -1));
    },
    take() {
      const taken = half === '' ? pieces : [...pieces, half];
      pieces = [];
      length = 0;
      half = '';
      return encode(taken);
    },
  };
}

function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

function encode(pieces: readonly string[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
  let end = 0;
  for (const piece of pieces) end += bytes.write(piece, end);
  return bytes;
}
