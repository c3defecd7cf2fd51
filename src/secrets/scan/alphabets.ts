const LOWER = 1;
const UPPER = 2;
const DIGIT = 4;
const UNDERSCORE = 8;
const HYPHEN = 16;
const DOT = 32;
const PLUS = 64;
const SLASH = 128;
const EQUALS = 256;
const LOWER_HEX = 512;
const COLON = 1024;
const TILDE = 2048;
const SIGNS = 4096;
const SPACE = 8192;
const NEWLINE = 16384;
const QUOTE = 32768;
const VALUE_STOP = 65536;
const PASSWORD_SIGN = 131072;
const UPPER_HEX = 262144;
const PERCENT = 524288;
const ACCOUNT_SIGN = 1048576;
const LEAD = 2097152;
const LEADING_SIGN = 4194304;

/** Alphabets are bit masks, so that one table look-up answers "is this character one of them". */
export const DIGITS = DIGIT;
export const HEX = LOWER_HEX;
/** Hex in either case. */
export const ANY_HEX = LOWER_HEX | UPPER_HEX;
export const LOWER_CASE = LOWER;
export const UPPER_CASE = UPPER;
export const UPPER_ALNUM = UPPER | DIGIT;
export const LOWER_ALNUM = LOWER | DIGIT;
export const LETTERS = LOWER | UPPER;
export const NAME_LETTERS = LETTERS | UNDERSCORE | HYPHEN;
export const ALNUM = LETTERS | DIGIT;
export const WORD = ALNUM | UNDERSCORE;
export const BASE64 = ALNUM | PLUS | SLASH | EQUALS;
export const BASE64URL = WORD | HYPHEN;
export const DOTTED = BASE64URL | DOT;
export const SCHEME = ALNUM | PLUS | HYPHEN | DOT;
export const TOKEN68 = DOTTED | PLUS | SLASH | EQUALS | TILDE | COLON;
/** Base64 of either sort, percent-encoded or not. */
export const ENCODED = BASE64URL | PLUS | SLASH | EQUALS | PERCENT;
/** What names an account: `root@pam!ci`. */
export const ACCOUNT_SIGNS = ACCOUNT_SIGN;
export const URL_PATH = DOTTED | SLASH;
export const USERINFO = DOTTED | PLUS | EQUALS | TILDE | COLON | SIGNS;
export const BLANK = SPACE;
export const WHITESPACE = SPACE | NEWLINE;
/** Quotes of any sort. */
export const QUOTES = QUOTE;
/** What ends a value that stands without quotes. */
export const VALUE_STOPS = WHITESPACE | QUOTE | VALUE_STOP;
/** What leads from a name to a value, words aside, and those of them that say that it does. */
export const LEADS = LEAD;
export const LEADING_SIGNS = LEADING_SIGN;
/** What ends a line. */
export const LINE_ENDS = NEWLINE;
/** What people put into passwords, and programmers into expressions. */
export const PASSWORD_SIGNS = PASSWORD_SIGN;

const MEMBERS: readonly (readonly [mask: number, characters: string])[] = [
  [LOWER, 'abcdefghijklmnopqrstuvwxyz'],
  [UPPER, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [DIGIT, '0123456789'],
  [LOWER_HEX, '0123456789abcdef'],
  [UPPER_HEX, '0123456789ABCDEF'],
  [PERCENT, '%'],
  [ACCOUNT_SIGN, '!@'],
  [LEAD, '_-.:=<>(,[]{$@|\\"\'`'],
  [LEADING_SIGN, ':=>,(|"\'`'],
  [UNDERSCORE, '_'],
  [HYPHEN, '-'],
  [DOT, '.'],
  [PLUS, '+'],
  [SLASH, '/'],
  [EQUALS, '='],
  [COLON, ':'],
  [TILDE, '~'],
  [SIGNS, '!#$%&()*,;^|{}[]@'],
  [SPACE, ' \t'],
  [NEWLINE, '\n\r'],
  [QUOTE, '"\'`'],
  [VALUE_STOP, ',;&<>(){}[]|\\'],
  [PASSWORD_SIGN, '!@#$%^&*~+?'],
];

const MASKS = new Uint32Array(128);
for (const [mask, characters] of MEMBERS) {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    MASKS[code] = (MASKS[code] ?? 0) | mask;
  }
}

/** Whether `code`, a UTF-16 unit or -1 for "no character", belongs to the alphabet `mask`. */
export function isIn(mask: number, code: number): boolean {
  // Asked first, since a look-up beyond the table's ends is slow.
  return (code & ~127) === 0 && ((MASKS[code] ?? 0) & mask) !== 0;
}
