import { isIn, WHITESPACE } from './scan/alphabets.ts';
import { endsAtLineStart } from './scan/reader.ts';
import { MAX_HELD } from './scan/open-point.ts';
import { shortenOpenPem } from './contexts/pem.ts';
import type { Finding, Redactor } from './redactor.ts';
import { MAX_TOKEN } from './scan/text-boundaries.ts';

/** Redacted text that may be shown. */
export interface Released {
  readonly text: string;
  /** What was masked in it; the indices are those of `source`. */
  readonly findings: readonly Finding[];
  /** The text that this was, secrets included. */
  readonly source: string;
  /** Line ends that `source` lacks: of a private key too long to be kept, the middle is forgotten. */
  readonly missingLines: number;
}

/** Redacts text that arrives in pieces. Whatever the pieces, all that is released is what the whole text would give. */
export interface TextCarry {
  /** Takes the next piece, and releases what is safe by now; often nothing, or text of earlier pieces. */
  push(delta: string): Released;
  /** Releases the rest. The carry is empty then, and may take the next text. */
  end(): Released;
}

const NOTHING: Released = Object.freeze({ text: '', findings: [], source: '', missingLines: 0 });
/** Held text beyond this is looked at again only when it has grown by an eighth, so that the work stays linear. */
const SMALL = 1024;

/** Makes the carry for one block of text. It holds at most about 64 KiB, however long a private key stays open. */
export function createTextCarry(redactor: Redactor): TextCarry {
  let held = '';
  let worthLooking = 0;
  let missingLines = 0;
  let startsLine = true;

  function release(text: string): Released {
    if (text === '') return NOTHING;
    const released = { ...redactor.redact(text, startsLine), source: text, missingLines };
    startsLine = endsAtLineStart(text, startsLine);
    missingLines = 0;
    return released;
  }

  return {
    push(delta) {
      held += delta;
      // Only whitespace, or the length of a token, can end what is held.
      if (held.length < worthLooking || !(hasWhitespace(delta) || held.length >= MAX_TOKEN)) return NOTHING;
      const open = redactor.openFrom(held, startsLine);
      const released = release(held.slice(0, open));
      held = held.slice(open);
      if (held.length > MAX_HELD) {
        const shorter = shortenOpenPem(held);
        missingLines += linesIn(held) - linesIn(shorter);
        held = shorter;
      }
      worthLooking = held.length > SMALL ? held.length + (held.length >> 3) : 0;
      return released;
    },
    end() {
      const released = release(held);
      startsLine = true;
      held = '';
      worthLooking = 0;
      return released;
    },
  };
}

function hasWhitespace(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (isIn(WHITESPACE, text.charCodeAt(index))) return true;
  return false;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
