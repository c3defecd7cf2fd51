import { ACTING_CHARACTERS } from './acting-text.ts';

/** What a terminal, or a reader's eye, would obey rather than show; of C0 all but tab and newline. */
const UNSAFE = new RegExp(String.raw`[\u0000-\u0008\u000B-\u001F${ACTING_CHARACTERS}]`);
const UNSAFE_OR_CRLF = new RegExp(String.raw`\r\n|${UNSAFE.source}`, 'g');

/**
 * Makes text of foreign origin safe to print: every control character becomes a visible sign (ESC is `␛`, a bidi
 * override `‹U+202E›`), and `\r\n` a plain newline. Tab, newline and the joiners of emoji stay. Clean text is returned as it is.
 */
export function neutralise(text: string): string {
  return UNSAFE.test(text) ? text.replace(UNSAFE_OR_CRLF, signOf) : text;
}

/** {@link neutralise} for text that comes in pieces: any chunking gives the same characters. */
export interface Neutraliser {
  push(text: string): string;
  /** What was held back: at most one character. */
  end(): string;
}

/** Starts a {@link Neutraliser}; it holds back a trailing `\r` (half a line ending?) and half a surrogate pair. */
export function createNeutraliser(): Neutraliser {
  let held = '';
  return {
    push(text) {
      const whole = held + text;
      held = /[\r\uD800-\uDBFF]$/.exec(whole)?.[0] ?? '';
      return neutralise(held === '' ? whole : whole.slice(0, -1));
    },
    end() {
      const rest = neutralise(held);
      held = '';
      return rest;
    },
  };
}

/** The symbols for C0 begin at U+2400 in the order of C0 itself. */
const CONTROL_PICTURES = 0x2400;

function signOf(unsafe: string): string {
  if (unsafe === '\r\n') return '\n';
  const code = unsafe.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === 0x7f) return '␡';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
