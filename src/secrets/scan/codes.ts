/** The codes of characters. */
export function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

/** The codes of characters in UTF-16, by the names of the characters. */
export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const ESCAPE = 27;
export const SPACE = 32;
export const EXCLAMATION = 33;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const PERCENT = 37;
export const AMPERSAND = 38;
export const APOSTROPHE = 39;
export const OPENING_PARENTHESIS = 40;
export const CLOSING_PARENTHESIS = 41;
export const STAR = 42;
export const PLUS = 43;
export const COMMA = 44;
export const HYPHEN = 45;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const AT = 64;
export const OPENING_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSING_BRACKET = 93;
export const CARET = 94;
export const UNDERSCORE = 95;
export const BACKTICK = 96;
export const LETTER_F = 102;
export const LETTER_M = 109;
export const LETTER_N = 110;
export const LETTER_R = 114;
export const LETTER_S = 115;
export const LETTER_T = 116;
export const LETTER_U = 117;
export const OPENING_BRACE = 123;
export const BAR = 124;
export const CLOSING_BRACE = 125;
export const TILDE = 126;

/** Brackets of any sort. */
export const OPENERS = codesOf('([{');
export const CLOSERS = codesOf(')]}');
