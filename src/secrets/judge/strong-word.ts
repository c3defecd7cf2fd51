import { isTangled } from './tangled.ts';
import { shapeOf } from './value-shape.ts';
import { isWordy } from './wordy.ts';

const MIN_STRONG = 8;
/** Of letter case and digits, and signs between them. */
const MIN_CHANGES = 3;
const MANY_CHANGES = 5;
const SIGN = /[^A-Za-z\d_.:/-]/g;
/** `name(…)`, `name[…]`, `name<…>`, `"…"`: what code has where a value belongs. */
const CALL = /^[A-Za-z_$][\w$.:]*(?:\(.*\)|\[.*\]|<.*>|\{.*\})[\s;,)\]}]*$/;
const TEMPLATE = /<\/|&#|&[a-z]+;|[$#%@]\{|\$\(|\{\{|<%|=>|&&|\|\||==|\(\)|\[\]|::/;

/** Whether punctuation and all it was made to be hard to guess: `KuPPzD}X3C6a|hu5c`, and no expression. */
export function isStrongWord(value: string): boolean {
  if (value.length < MIN_STRONG) return false;
  if (isTangled(value)) return true;
  if (CALL.test(value) || TEMPLATE.test(value) || isWordy(value)) return false;
  // A call that was cut short.
  const open = value.indexOf('(');
  if (open > 0 && isWordy(value.slice(0, open))) return false;
  const { letters, digits, changes } = shapeOf(value, 0, value.length);
  // Without a digit it may as well be one.
  if (digits === 0 && value.includes('(') && (value.includes('_') || !/[&{}[\]|]/.test(value))) return false;
  if (letters === 0 || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return digits > 1 && changes >= MANY_CHANGES;
  return changes + (value.slice(1, -1).match(SIGN) ?? []).length >= MIN_CHANGES;
}

/** A word, digits, and a few letters or signs to please a rule: `falcon9883LIB`, `tundra7528kest!`. */
const MEMORABLE = /^[A-Za-z]{3,}[!@#$%^&*+~?._-]?\d{3,}[A-Za-z]{0,6}[!@#$%^&*+~?]{0,2}$/;
/** `Falcon42!`: a capitalised word, a number that is no width of a type, a sign that makes no type of it. */
const WORD_NUMBER_SIGN = /^[A-Z][a-z]{2,}(?!(?:8|16|32|64|128|256)\W)\d{2}[!@#$%?]{1,2}$/;
/** `tulip138`, `Willow-bishop39`: words and a number. */
const WORDS_NUMBER = /^(?=\D{5})(?=.*[a-z]{2})[A-Za-z]{3,}(?:[-_.][A-Za-z]{3,})*\d{2,6}$/;
const UNIT = /\d(?:px|em|ms|st|nd|rd|th|bit|bits|kb|mb|gb|rsa|ssl|tls|v\d|x\d+|[a-z])$/i;

/** Whether a value is what people make up when letters, digits and something more are asked for. */
export function isMemorable(value: string): boolean {
  if (value.length < MIN_STRONG) return false;
  return (
    WORD_NUMBER_SIGN.test(value) ||
    (MEMORABLE.test(value) && /[A-Z!@#$%^&*~+?]/.test(value.slice(1)) && /\D$/.test(value) && !UNIT.test(value))
  );
}

/** Whether a value is words and a number, which nobody calls a scheme, a type or a version. */
export function isNumberedWord(value: string): boolean {
  return value.length >= MIN_STRONG && WORDS_NUMBER.test(value) && !namesScheme(value);
}

/** Whether a value has the name of a scheme, a type or a version in it: `Sha256Digest`. */
export function namesScheme(value: string): boolean {
  return SCHEME.test(value);
}

const SCHEME =
  /(?:sha|crypt|version|release|base|pkcs|scram|oauth|hmac|argon|kdf|utf|aes|digest|int|test|step|line|page|form)/i;

const BOTH_CASES_AND_DIGIT = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$/;
/** `Utf8Mb4Chars`: words and numbers, each with its capital, as names have them. */
const NUMBERED_HUMPS = /^[A-Za-z]?[a-z]+\d*(?:[A-Z][a-z]{2,}\d*|[A-Z]+(?=\d*$)\d*)*$/;

/** Whether a value is words and numbers, each word with its capital: `ArrowDown2Shift1Ctrl`. */
export function isNumberedHumps(value: string): boolean {
  return NUMBERED_HUMPS.test(value);
}

/** Whether letters of both cases and digits follow one another as in no name: `mK4vb9Rq`. */
export function isMixedWord(value: string): boolean {
  if (!BOTH_CASES_AND_DIGIT.test(value) || isNumberedHumps(value)) return false;
  if (namesScheme(value) || isWordy(value)) return false;
  return shapeOf(value, 0, value.length).changes >= MIN_CHANGES;
}

/** Whether a value is too strange for a name: drawn by lot, or made up to please a rule. */
export function isMadeUp(value: string): boolean {
  return isStrongWord(value) || isMemorable(value);
}
