import { ANY_HEX } from '../scan/alphabets.ts';
import { isWordy } from '../judge/wordy.ts';
import type { Reader } from '../scan/reader.ts';

/** The part of a secret that is drawn by lot: tells where one that begins at `from` ends, or -1 when none does. */
export type Body = (reader: Reader, from: number) => number;

/** From `min` to `max` characters of one alphabet; what follows them may be anything. */
export function run(alphabet: number, min: number, max = min): Body {
  return (reader, from) => {
    const end = reader.skip(alphabet, from, from + max);
    return end - from < min ? -1 : end;
  };
}

/** The same, and no more of the alphabet behind it: what is longer is another thing. */
export function whole(alphabet: number, min: number, max = min): Body {
  return (reader, from) => {
    const end = run(alphabet, min, max + 1)(reader, from);
    return end - from > max ? -1 : end;
  };
}

/** One piece after another; a string stands for itself. */
export function parts(...pieces: readonly (Body | string)[]): Body {
  return (reader, from) => {
    let end = from;
    for (const piece of pieces) {
      if (typeof piece !== 'string') end = piece(reader, end);
      else end = stands(reader, piece, end) ? end + piece.length : -1;
      if (end < 0) return -1;
    }
    return end;
  };
}

/** The first of several bodies that stands there. */
export function oneOf(...bodies: readonly Body[]): Body {
  return (reader, from) => {
    for (const body of bodies) {
      const end = body(reader, from);
      if (end >= 0) return end;
    }
    return -1;
  };
}

/** A body with small letters, capitals and digits: words joined by hyphens or underscores have no capitals. */
export function mixed(body: Body): Body {
  return (reader, from) => {
    const end = body(reader, from);
    if (end < 0) return -1;
    const text = reader.text.slice(from, end);
    const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
    // More underscores than what is drawn by lot has: names side by side.
    const joints = text.split('_').length - 1;
    return isMixed && joints <= MIN_JOINTS + text.length / JOINT_EVERY ? end : -1;
  };
}

const MIN_JOINTS = 3;
const JOINT_EVERY = 16;

/** A body that is no words joined together: names in code are as long as keys. */
export function unlikeWords(body: Body): Body {
  return (reader, from) => {
    const end = body(reader, from);
    return end >= 0 && isWordy(reader.text.slice(from, end)) ? -1 : end;
  };
}

/** A body that is not written in capitals alone, as names of constants are. */
export function unlikeConstants(body: Body): Body {
  return (reader, from) => {
    const end = body(reader, from);
    return end >= 0 && !/[a-z]/.test(reader.text.slice(from, end)) ? -1 : end;
  };
}

/** A body that does not hold a piece. */
export function without(piece: string, body: Body): Body {
  return (reader, from) => {
    const end = body(reader, from);
    return end >= 0 && reader.text.slice(from, end).includes(piece) ? -1 : end;
  };
}

/** Eight, four, four, four and twelve hex digits. */
export const UUID = parts(
  run(ANY_HEX, 8),
  '-',
  run(ANY_HEX, 4),
  '-',
  run(ANY_HEX, 4),
  '-',
  run(ANY_HEX, 4),
  '-',
  run(ANY_HEX, 12),
);

function stands(reader: Reader, expected: string, from: number): boolean {
  for (let offset = 0; offset < expected.length; offset += 1) {
    if (reader.at(from + offset) !== expected.charCodeAt(offset)) return false;
  }
  return true;
}
