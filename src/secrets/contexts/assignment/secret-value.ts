import { looksLikePlaceholder } from '../../judge/placeholder-words.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import type { ValueShape } from '../../judge/value-shape.ts';
import {
  isMadeUp,
  isMemorable,
  isMixedWord,
  isNumberedHumps,
  isNumberedWord,
  isStrongWord,
} from '../../judge/strong-word.ts';
import { isTangled } from '../../judge/tangled.ts';
import { isWordy } from '../../judge/wordy.ts';
import { isAppPassword } from './app-password.ts';

/** What the place of a value tells about it. */
export interface ValuePlace {
  readonly quoted: boolean;
  /** Whether a string has the name, a sign and the value, and nothing more: `-H "Api-Token: …"`. */
  readonly inHeader: boolean;
  /** Whether the value may be code: an expression rather than a literal. */
  readonly inCode: boolean;
  /** Whether a person chose it: it may be short, and plain if only it holds a digit or a sign. */
  readonly chosenByPeople: boolean;
  /** Whether small letters alone may be one here. */
  readonly mayBePlain: boolean;
  /** Whether digits alone may be one here, without quotes. */
  readonly mayBeNumber: boolean;
  /** Whether people may have made it up, though machines draw most of what has such a name. */
  readonly mayBeChosen: boolean;
  /** Whether it stands in a connection string: `…;Pwd=…;`. */
  readonly isConnection: boolean;
  /** Whether only a value that can hardly be anything but a secret is one here. */
  readonly isWeak: boolean;
  /** Whether a password of several sorts of characters is one here too, though the place is weak. */
  readonly mayBeStrong: boolean;
}

const MIN_CHOSEN = 6;
/** `QZKWS-XHDTR-VBGPR-FJTGU-KWMNX`: what is sold to be typed in, and no filler. */
const PRODUCT_KEY = /^[A-Z\d]{4,6}(?:-[A-Z\d]{4,6}){3,}$/;
const MIN_LETTERS = 9;
/** A password of digits alone, without quotes: a year and a month are shorter. */
const MIN_NUMBER = 8;
/** Signs that join no words. */
const PUNCTUATION = /[^\w.:/-]/;
const ONLY_DIGITS = /^\d+$/;
const MIN_DRAWN = 8;
const MIN_DRAWN_UNQUOTED = 12;
const LONG = 16;
const MIN_VARIETY = 5;
const MIN_CHANGES = 4;
const MANY_CHANGES = 12;
const MIN_SCRAMBLED = 12;
/** Names have a word such as `On` among many letters, what was drawn has one in every few. */
const MAX_PER_ODD = 12;
const STRONG = /^[\w!@#^&*~+?.-]+$/;
const SIGN = /[!@#^~](?!.*\.[a-z]{2,4}$)/;
/** What a vendor puts before a token: `sk-`, `live_`. */
const MARK = /^[a-z]{2,5}[_-]/;
const LETTERS_ALONE = /^[A-Za-z]+$/;
const LONE_SMALL = /[A-Z][a-z][A-Z]/;
/** A lone small letter between capitals, or capitals in a row: `iPhone` has none, `HTTPServer` one. */
const ODD_CASE = /(?<=[A-Z])[a-z](?=[A-Z])|[A-Z]{2,}/g;

/** What a programming language has for a value or a type, and a variable. */
const WORD_VALUE = /^(?:true|false|null|nil|none|undefined|string|number|boolean|any|required|optional)(?!.*\d)/i;
const ENVIRONMENT = /^(?:process\.env|os\.environ|env\.|import\.meta)(?![a-z]*\d)/i;
/** Where a value is kept. */
const REFERENCE =
  /^(?:<|-----|op:\/\/|vault:|arn:|urn:|[a-z][a-z0-9+.-]*:\/\/|!(?:Ref|Sub|Get|secret)|--|&lt;[a-z _-]{0,60}\d{0,2}&gt;$|['"]\$\w+['"]$)/i;
/**
 * `$name`, `%name%`, `@name`, `*name`: what stands for a value that is kept elsewhere, unless it is too strange for a
 * name, as several signs make it.
 */
const VARIABLE = /^[$%@*](?!(?:.*[!@#^~?]){2})/;
const PATH = /^(?:~|\.{1,2})?\/[a-z0-9._-]*(?:\/@?[a-z0-9._-]+(?:@\d[\w.-]*)?)*\/?$/i;
const VERSION_DATE_OR_HEX = /^(?:[\^~>=<v]*\d+(?:\.\d+)+(?!.{32})|\d{4}-\d\d-\d\d|0x[\da-f]{1,40}(?:u?l{0,2})$)/i;
/** `google-auth-library:1.3.0` */
const ARTIFACT = /^[a-z][a-z\d.]*(?:-[a-z\d]+)*:\d+\.\d[\w.-]*$/;
/** `static:::1a:2b:3c:4d` */
const ADDRESS = /^(?:[a-z]+:)?[\da-f:]*::[\da-f:]*$/i;
/** Where a secret is kept: `projects/…/secrets/name/versions/1`. */
const STORED = /^projects\/.{1,60}\/secrets\//;
/** What a regular expression has: `(?:`, `[a-z]`. */
const PATTERN = /\(\?[:=!<]|\[\^?(?:[aA]-[zZ]|0-9)/;
const MEMBER_EXPRESSION = /^!*[a-z_$][\w$]*(?:\??\.[a-z_$][\w$]*)+[!?;]*$/i;
/** `ApiKeyProvider2`: a name in code, numbered. */
const NUMBERED_NAME = /^[a-z_$]+\d{1,2}$/i;
/** `PKCS7PrivateKeyTypes`: words, each with its capital. */
const CAMEL_CASE = /^[A-Z]*[a-z]*\d{0,6}(?:[A-Z][a-z]{2,})+\d{0,2}$/;
/** `cpu_index_1_edx` */
const SNAKE_CASE = /^[a-z][a-z\d]{0,9}(?:_[a-z\d]{1,9}){2,}$/;
/** `module.part.Name1`: what begins with a word and goes on with a dot. */
const QUALIFIED_NAME = /^[a-z_]{2,}\d{0,5}\.[A-Za-z_]/;
/** `Uint8Array`, `Int32`, `Sha256Digest`: a type that has its width in its name, and nothing that people add to a word. */
const TYPE_WITH_WIDTH =
  /^(?:(?:u?int|float)(?:8|16|32|64|128)(?:_t)?|(?:Big|Atomic)?(?:U?[Ii]nt|Float)(?:8|16|32|64|128)(?:Clamped)?(?:Array|Buffer|List|Value)?|Vec[234]f?|(?:Sha(?:1|224|256|384|512)|Md[245]|Aes(?:128|192|256)|Utf(?:8|16|32)|Base(?:32|58|64))(?:Array|Digest|Hash|Hasher|Key|String|Url)?)$/;
/** A word, and words with blanks written as an address has them, the first with a capital. */
const WORD_ALONE = '(?:[A-Z]?[a-z]+|[A-Z]+)';
const WORDS_OF_ADDRESS = new RegExp(`^(?=[A-Z])${WORD_ALONE}(?:%20${WORD_ALONE})+$`);
/** What is said in an alphabet that has thousands of letters; so many of them nobody types for a password. */
const SAID = /[\u3040-\u9fff\uac00-\ud7a3]{4}/;
const SAID_AT_LENGTH = /(?:[\u3040-\u9fff\uac00-\ud7a3][^\u3040-\u9fff\uac00-\ud7a3]*){10}/;
/** What a sentence has besides letters and punctuation: a number of things, and what style sheets are told. */
const COUNTED = /(?<=[\u3040-\u9fff\uac00-\ud7a3])\d(?=[\u3040-\u9fff\uac00-\ud7a3])|!(?=important)/g;
const NOT_SAID = /[\d!#$%&*+<=>?@[\\\]^`{|}~]/;
/** What stands between two strings in code: `,'~'.expand(`. */
const BETWEEN_STRINGS = /^[,.+]\s?(['"`])[^'"`]{0,32}\1\s?[,.+)\]]/;
const OPERATORS = /[?!*|]|=(?!=?$)/;

/** A password of letters, the first one small: no name of another variable, no word of a form or of a message. */
const PLAIN = /^[a-z][A-Za-z_-]{3,31}$/;
const OTHER_NAME =
  /(?:^|[_-])(?:pass(?:word|wd|phrase)?|pwd|secret|token|keys?|user|username|value|field|input|param|arg|args|hash|config|env|mgr|manager)(?:[_-]|$)|(?:Pass(?:word|wd|phrase)|Pwd|Secret|Token|Key|User|Name|Value|Field|Input|Hash|Ref)$/;
/** `development#product` */
const TWO_WORDS = /^[A-Za-z]{3,}[#^!][A-Za-z]{3,}$/;
/** In connection strings all goes but what manuals write there. */
const LETTERS_ONLY = /^[A-Za-z_]{4,32}$/;
const MANUAL = /^(?:your)?pass(?:word|wd)?$|^pwd$/i;
const STOCK_WORDS = new Set(
  'function object symbol bigint passed failed options option flag flags argument arguments parameter parameters instead wrong valid empty blank weak strong short string boolean required optional invalid incorrect correct missing unknown updated generate generated random default prompt hidden disabled enabled changed protected encrypted hashed masked plaintext plain forgotten confirm disallowed allowed rejected accepted expired nullable undefined sensitive interactive manual automatic external internal standard ignore ignored passwort kennwort senha contrasena wachtwoord haslo parola sandi requerida requerido obligatorio obligatoria incorrecta incorrecto invalida oubliee requis obligatoire erforderlich vergessen'.split(
    ' ',
  ),
);

/** Whether a value in a secret's place is a secret itself, and not a stand-in, a reference or an expression. */
export function isSecretValue(value: string, place: ValuePlace): boolean {
  if (isAppPassword(value)) return place.quoted;
  // No name, template or expression is like that, so that no place is too weak for it.
  const isUnmistakable = isTangled(value);
  if (place.isWeak && !isUnmistakable && !isSurelyDrawn(value) && !(place.mayBeStrong && isStrong(value))) return false;
  const shape = shapeOf(value, 0, value.length);
  const fits =
    place.isWeak ||
    isUnmistakable ||
    hasSecretShape(value, shape, place) ||
    (place.mayBePlain && isPlainPassword(value)) ||
    (place.mayBeStrong && isStrong(value)) ||
    (place.isConnection && LETTERS_ONLY.test(value) && !MANUAL.test(value));
  return fits && !isSentence(value, place) && !isReference(value, shape) && !looksLikePlaceholder(value);
}

/** Whether a value is words alone: a caption, or a name with blanks. People take words in a row for a password. */
function isSentence(value: string, place: ValuePlace): boolean {
  if (WORDS_OF_ADDRESS.test(value)) return !place.chosenByPeople && isWordy(value.replaceAll('%20', ' '));
  if (!SAID.test(value)) return false;
  const said = SAID_AT_LENGTH.test(value) ? value.replace(COUNTED, '') : value;
  return !NOT_SAID.test(said) && (!/[A-Za-z]/.test(said) || isWordy(said));
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?:$|-)/i;
const LONG_WORDS = /[A-Za-z\d]{16,}/g;
/** Words begin with a capital and go on with small letters: one small letter between capitals is drawn. */
const LONE_SMALL_AND_DIGIT = /^(?=.*\d).*[A-Z][a-z][A-Z]/;
/** How often what is drawn in short words changes between small letters, capitals and digits: names do so at each word. */
const MIN_CHANGES_OF_SHORT_WORDS = 8;
const ONLY_TOKEN = /^[\w+/=.~:-]+$/;
/** The shortest that can be taken for drawn by lot with nothing else to go by. */
const MIN_SURE = 20;
/** `jo@site2` */
const AT_HOST = /^[a-z][\w.-]*@[a-z][\w.-]*$/;
const MIN_DENSE = 14;
const DENSE_CHANGES = 6;

/** Long, without blanks or signs of code, with letters and digits mixed, in one long word or all over. */
function isSurelyDrawn(value: string): boolean {
  if (value.length < MIN_SURE) return isDenselyDrawn(value);
  if (UUID.test(value)) return new Set(value).size > MIN_VARIETY;
  if (!ONLY_TOKEN.test(value)) return false;
  const words = value.match(LONG_WORDS);
  if (words?.some(isDrawnWord) === true) return true;
  if (words === null && isDrawnInParts(value)) return true;
  return (
    LONE_SMALL_AND_DIGIT.test(value) &&
    shapeOf(value, 0, value.length).changes >= MIN_CHANGES_OF_SHORT_WORDS &&
    !isWordy(value)
  );
}

const PARTS = /^[A-Za-z\d]{2}[\w-]*$/;
/** Letters and digits, so many of each: names have one or two digits. */
const MIN_OF_EACH = 4;
const MAX_PER_CHANGE = 3;

/** With hyphens and underscores in it, as base64 has them in addresses, and as odd everywhere: names seldom change. */
function isDrawnInParts(value: string): boolean {
  if (!PARTS.test(value)) return false;
  const { letters, digits, changes } = shapeOf(value, 0, value.length);
  return Math.min(letters, digits) >= MIN_OF_EACH && changes * MAX_PER_CHANGE >= value.length && !isWordy(value);
}

/** Shorter, when small letters, capitals and digits follow one another as they do in no name. */
function isDenselyDrawn(value: string): boolean {
  return value.length >= MIN_DENSE && isMixedWord(value) && shapeOf(value, 0, value.length).changes >= DENSE_CHANGES;
}

function isDrawnWord(word: string): boolean {
  const shape = shapeOf(word, 0, word.length);
  return shape.digits >= 2 && shape.letters >= 2 && shape.changes >= 2 && !isNumberedHumps(word);
}

/** What no word, name or expression looks like: `kestrel#52`, `M0Uhn7uJz4`. */
function isStrong(value: string): boolean {
  if (isMemorable(value) || isNumberedWord(value)) return true;
  if (value.length < MIN_DRAWN || !STRONG.test(value) || CAMEL_CASE.test(value) || AT_HOST.test(value)) return false;
  const { digits, letters, changes } = shapeOf(value, 0, value.length);
  if (digits === 0 || letters === 0) return false;
  return SIGN.test(value) || changes >= MIN_CHANGES || isMixedWord(value);
}

/** Letters of both cases and no digit, in an order that words do not have: `kpQgyHlvmOyMGNXI`. */
function isScrambled(value: string, minOdd = 2): boolean {
  const body = value.replace(MARK, '');
  if (body.length < MIN_SCRAMBLED || !LETTERS_ALONE.test(body) || !LONE_SMALL.test(body)) return false;
  const odd = (body.match(ODD_CASE) ?? []).length;
  return odd >= minOdd && odd * MAX_PER_ODD >= body.length;
}

function isPlainPassword(value: string): boolean {
  return (
    value.length >= MIN_VARIETY &&
    PLAIN.test(value) &&
    !OTHER_NAME.test(value) &&
    !STOCK_WORDS.has(value.toLowerCase()) &&
    new Set(value).size >= Math.min(MIN_VARIETY, value.length - 1)
  );
}

function hasSecretShape(value: string, shape: ValueShape, place: ValuePlace): boolean {
  return place.quoted
    ? isLikeSecret(value, shape, place)
    : isLikeSecret(value, shape, place) && !isCode(value, shape, place);
}

function isLikeSecret(value: string, shape: ValueShape, place: ValuePlace): boolean {
  const looksRandom = shape.digits > 0 ? shape.letters > 0 && shape.changes >= 3 : isScrambled(value);
  const { length } = value;
  if (!place.quoted && place.inCode) return looksRandom && length >= LONG && !isWordy(value);
  if (!place.chosenByPeople) {
    if (isWordy(value) && shape.signs === 0) return false;
    if (
      place.mayBeChosen &&
      (isMemorable(value) ||
        (place.quoted && TWO_WORDS.test(value)) ||
        (place.quoted && SIGN.test(value) && isStrong(value)))
    )
      return true;
    if (PRODUCT_KEY.test(value) && new Set(value).size >= MIN_LETTERS) return true;
    return looksRandom && length >= (place.quoted || place.inHeader ? MIN_DRAWN : MIN_DRAWN_UNQUOTED);
  }
  if (length < MIN_CHOSEN) return false;
  return shape.letters === 0
    ? shape.digits >= (place.quoted ? MIN_CHOSEN : MIN_NUMBER) &&
        (place.quoted || (place.mayBeNumber && ONLY_DIGITS.test(value)))
    : (place.quoted && PUNCTUATION.test(value) && isStrongWord(value)) ||
        shape.digits > 0 ||
        shape.signs > 0 ||
        (!place.inCode && isScrambled(value, 1));
}

/** Whether a value without quotes reads as an expression or a name rather than as a literal. */
function isCode(value: string, shape: ValueShape, place: ValuePlace): boolean {
  const isNumbered = NUMBERED_NAME.test(value) && !isScrambled(value.replace(/\d+$/, ''));
  if (!place.chosenByPeople && (isNumbered || CAMEL_CASE.test(value) || SNAKE_CASE.test(value))) return true;
  if (TYPE_WITH_WIDTH.test(value)) return true;
  if (!value.includes('.')) return place.inCode && OPERATORS.test(value);
  if (place.inCode && OPERATORS.test(value)) return true;
  // `api_live.` and a token: a mark, and no name.
  if (!place.inCode && isSurelyDrawn(value.slice(value.lastIndexOf('.') + 1)) && shape.changes >= MANY_CHANGES)
    return false;
  if (!place.inCode && shape.digits > 0 && shape.changes > MIN_CHANGES) return QUALIFIED_NAME.test(value);
  if (shape.digits > 2 && shape.changes >= MANY_CHANGES && isSurelyDrawn(value)) return false;
  return MEMBER_EXPRESSION.test(value) && (place.inCode || shape.digits < 3 || QUALIFIED_NAME.test(value));
}

function isReference(value: string, shape: ValueShape): boolean {
  if (
    (BETWEEN_STRINGS.test(value) && !isMadeUp(value)) ||
    PATTERN.test(value) ||
    (VARIABLE.test(value) && !isMadeUp(value.slice(1)))
  )
    return true;
  if (WORD_VALUE.test(value) && !isMadeUp(value)) return true;
  if (ENVIRONMENT.test(value) || REFERENCE.test(value) || VERSION_DATE_OR_HEX.test(value)) return true;
  if (STORED.test(value) || ARTIFACT.test(value) || ADDRESS.test(value)) return true;
  return PATH.test(value) && !(value.length >= LONG && shape.changes >= 6);
}
