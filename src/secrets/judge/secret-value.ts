import { looksLikePlaceholder } from './placeholder-words.ts';
import { shapeOf } from './value-shape.ts';
import type { ValueShape } from './value-shape.ts';

/** What the place of a value tells about it. */
export interface ValuePlace {
  readonly quoted: boolean;
  /** Whether the value may be code: an expression rather than a literal. */
  readonly inCode: boolean;
  /** Whether a person chose it: it may be short, and plain if only it holds a digit or a sign. */
  readonly chosenByPeople: boolean;
}

const MIN_CHOSEN = 6;
const MIN_DRAWN = 8;
const MIN_DRAWN_UNQUOTED = 12;
const LONG = 16;

const WORD_VALUE =
  /^(?:true|false|null|nil|none|undefined|string|number|boolean|any|required|optional|process\.env|os\.environ|env\.|import\.meta)/i;
const REFERENCE = /^(?:[$<%@*]|-----|op:\/\/|vault:|arn:|[a-z][a-z0-9+.-]*:\/\/|!(?:Ref|Sub|Get|secret)|--)/i;
const PATH = /^(?:~|\.{1,2})?\/[a-z0-9._-]*(?:\/[a-z0-9._-]+)*\/?$/i;
const VERSION_DATE_OR_HEX = /^(?:[\^~>=<v]*\d+(?:\.\d+)+|\d{4}-\d\d-\d\d|0x[\da-f]+$)/i;
const MEMBER_EXPRESSION = /^[a-z_$][\w$]*(?:\??\.[a-z_$][\w$]*)+[!?;]*$/i;
/** `ApiKeyProvider2`: a name in code, numbered. */
const NUMBERED_NAME = /^[a-z_$]+\d{1,2}$/i;
const OPERATORS = /[?!=*|]/;

/** Whether a value in a secret's place is a secret itself, and not a stand-in, a reference or an expression. */
export function isSecretValue(value: string, place: ValuePlace): boolean {
  const shape = shapeOf(value, 0, value.length);
  return hasSecretShape(value, shape, place) && !isReference(value, shape) && !looksLikePlaceholder(value);
}

function hasSecretShape(value: string, shape: ValueShape, place: ValuePlace): boolean {
  const { length } = value;
  const looksDrawn = shape.digits > 0 && shape.letters > 0 && shape.changes >= 3;
  if (!place.quoted) {
    if (!place.chosenByPeople && NUMBERED_NAME.test(value)) return false;
    if (place.inCode) return looksDrawn && length >= LONG && !OPERATORS.test(value) && !MEMBER_EXPRESSION.test(value);
    if (shape.digits < 3 && MEMBER_EXPRESSION.test(value)) return false;
  }
  if (!place.chosenByPeople) return looksDrawn && length >= (place.quoted ? MIN_DRAWN : MIN_DRAWN_UNQUOTED);
  if (length < MIN_CHOSEN) return false;
  return shape.letters === 0 ? place.quoted && shape.digits >= MIN_CHOSEN : shape.digits > 0 || shape.signs > 0;
}

function isReference(value: string, shape: ValueShape): boolean {
  if (WORD_VALUE.test(value) || REFERENCE.test(value) || VERSION_DATE_OR_HEX.test(value)) return true;
  return PATH.test(value) && !(value.length >= LONG && shape.changes >= 6);
}
