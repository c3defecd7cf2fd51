/*
 * What in a text would be obeyed rather than shown, and what is done about it: pretty and stderr make it visible, JSON
 * escapes it.
 */

/** Beyond C0: DEL, C1, bidi controls and line separators, for use inside a character class. */
const ACTING_CHARACTERS = String.raw`\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069`;

/**
 * Characters that have no width and no meaning. Where GitHub's runner and Azure's agent compare texts, they do so by
 * language, and pass over these.
 */
const PASSED_OVER = String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}]*`;

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

/**
 * Breaks what a CI system would take for a command in the middle of a line: GitHub's and Azure's `##[…]`, Azure's
 * `##vso[…]`, TeamCity's `##teamcity[…]` (`##[error]` becomes `##·[error]`). Visible on purpose: a reader should see that
 * something tried. `::error::` counts only at a line's start, spaces aside; the log's gutter stands there.
 */
export function defuseCommands(text: string): string {
  return text.includes('#') ? text.replaceAll(commands().opening, '$&·') : text;
}

/** A text for a message of ours on stderr: on one line, and unable to act on a terminal or a CI system. */
export function oneLine(text: string): string {
  return defuseCommands(neutralise(text).replaceAll('\n', ' '));
}

/**
 * JSON on one line in which nothing can act on a terminal: `JSON.stringify` escapes C0 already; DEL, C1, the bidi
 * controls and the line separators are escaped here, and so are the openings of the commands that CI systems look for
 * anywhere in a line (`##[…]`, `##vso[…]`, `##teamcity[…]`). Any JSON parser gives the same value back.
 */
export function escapeJson(value: unknown): string {
  const text = JSON.stringify(value);
  return mayAct(text) ? text.replaceAll(commands().acting, escapeCharacter) : text;
}

/** Whether {@link escapeJson} would have something to escape in a JSON text; at times though there is nothing. */
export function mayAct(json: string): boolean {
  return MAY_ACT.test(json);
}

const MAY_ACT = new RegExp(`[#${ACTING_CHARACTERS}]`);

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What finds the commands that CI systems look for, anywhere in a line. */
interface CommandPatterns {
  /** The two signs that such a command begins with. */
  readonly opening: RegExp;
  /** Each acting character, and the first of those signs. */
  readonly acting: RegExp;
}

let patterns: CommandPatterns | null = null;

/** Made for the first text that has a `#`: that takes 2 ms, and each run loads this file before it starts claude. */
function commands(): CommandPatterns {
  return (patterns ??= commandPatterns());
}

/** What follows `##` where a CI system takes it for a command: GitHub, Azure, TeamCity. */
function commandPatterns(): CommandPatterns {
  const [secondSign = '', ...keywords] = ['#', '[', 'vso[', 'teamcity['].map((text) =>
    Array.from(text, (character) => PASSED_OVER + character.replace('[', String.raw`\[`)).join(''),
  );
  const command = `(?:${keywords.join('|')})`;
  return {
    opening: new RegExp(`#${secondSign}(?=${command})`, 'giu'),
    acting: new RegExp(`[${ACTING_CHARACTERS}]|#(?=${secondSign}${command})`, 'giu'),
  };
}
