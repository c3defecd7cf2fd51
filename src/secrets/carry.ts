import { endsAtLineStart } from './scan/reader.ts';
import { Growth } from './scan/growth.ts';
import { MAX_HELD } from './scan/open-point.ts';
import { shortenOpenPem } from './contexts/keys/pem.ts';
import type { Finding, Redaction, Redactor } from './redactor.ts';
import { hasWhitespace, MAX_TOKEN } from './scan/text-boundaries.ts';

/** Redacted text that may be shown. */
export interface Released {
  readonly text: string;
  /** What was masked in it; the indices are those of `source`. */
  readonly findings: readonly Finding[];
  /** The text that this was, secrets included. */
  readonly source: string;
  /** What `source` lacks, in UTF-16 units and in line ends: of a private key too long to be kept, the middle is forgotten. */
  readonly missing: { readonly units: number; readonly lines: number };
}

/** Redacts text that arrives in pieces. Whatever the pieces, all that is released is what the whole text would give. */
export interface TextCarry {
  /** Takes the next piece, and releases what is safe by now; often nothing, or text of earlier pieces. */
  push(delta: string): Released;
  /** Releases the rest. The carry is empty then, and may take the next text. */
  end(): Released;
}

const NONE_MISSING = { units: 0, lines: 0 };
const NOTHING: Released = Object.freeze({ text: '', findings: [], source: '', missing: NONE_MISSING });
/**
 * Held text beyond these is looked at again only when it has grown by half, or to twice as much, so that the work stays
 * linear: so much is held only where nothing of it can be released.
 */
const SMALL = 1024;
const LARGE = 4 * 1024;

/** Makes the carry for one block of text. It holds at most about 64 KiB, however long a private key stays open. */
export function createTextCarry(redactor: Redactor): TextCarry {
  let held = '';
  let worthLooking = 0;
  let missing = NONE_MISSING;
  let startsLine = true;
  let growth = new Growth();

  function release(source: string, { text, findings }: Redaction): Released {
    if (source === '') return NOTHING;
    const released = { text, findings, source, missing };
    missing = NONE_MISSING;
    startsLine = endsAtLineStart(source, startsLine);
    return released;
  }

  return {
    push(delta) {
      held += delta;
      // Only whitespace, or the length of a token, can end what is held.
      if (held.length < worthLooking || !(hasWhitespace(delta) || held.length >= MAX_TOKEN)) return NOTHING;
      const finished = redactor.redactFinished(held, startsLine, growth);
      const released = release(held.slice(0, finished.open), finished);
      growth.advance(held.slice(0, finished.open));
      held = held.slice(finished.open);
      if (held.length > MAX_HELD) {
        const shorter = shortenOpenPem(held);
        missing = {
          units: missing.units + held.length - shorter.length,
          lines: missing.lines + linesIn(held) - linesIn(shorter),
        };
        growth.skip(held.length - shorter.length);
        held = shorter;
      }
      worthLooking = nextLook(held.length);
      return released;
    },
    end() {
      const released = release(held, redactor.redact(held, startsLine, growth));
      growth = new Growth();
      startsLine = true;
      held = '';
      worthLooking = 0;
      return released;
    },
  };
}

/** How long held text must be to be looked at again. */
function nextLook(length: number): number {
  if (length <= SMALL) return 0;
  const next = length + (length > LARGE ? length : length >> 1);
  return length < MAX_HELD ? Math.min(next, MAX_HELD) : next;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
