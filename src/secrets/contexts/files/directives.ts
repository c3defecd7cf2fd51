import { BASE64URL, BLANK, isIn, QUOTES } from '../../scan/alphabets.ts';
import { CLOSING_BRACKET, COLON, GREATER, HASH, SEMICOLON, SLASH, UNDERSCORE } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { newlineAt } from '../newline.ts';
import { literalAt, textOf, type Literal } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';

/** Signs that an anchor begins with, whatever stands before them. */
const OPENINGS = new Set([CLOSING_BRACKET, COLON]);
const MAX_BLANKS = 32;
const MAX_WORD = 160;
const SHORT_KEYWORD = 8;
const MAX_NAME = 48;
/** What stands in a sentence between a user and a password, and is no user. */
const JOINING = new Set(['and', 'or', 'and/or', '/', '&']);
/** What a number before it counts: `password 8 characters`. */
const COUNTED = /^(?:char|letter|digit|symbol|byte|bit|time|day|hour|minute|second|attempt|word)/i;
const WORDS_ONLY = /^[A-Za-z]+(?:[.,:]?$|[.,]?<)/;
/** `~*`, `+@all`, `allkeys` */
const RIGHT = /^(?:[~+&%-]|all|reset)/;
/** Communities that every device is delivered with. */
const WELL_KNOWN = new Set(['public', 'private']);

/**
 * Lines of settings that need no sign: a keyword, words, the secret. What stands between is spelled as
 * - `word` or `one|other`: that word; `?word`: that word, or nothing;
 * - `*`: any word; `#`: a number; `?#`: a number, or nothing;
 * - `=`: a secret, and `=!`: one that may be letters alone in the middle of a line; `"`: a secret in quotes;
 * - `:`: a user, a colon, and a secret; `>`: a secret behind `>` or `#`, as Redis has them; `+`: a right there.
 */
const DIRECTIVES: readonly (readonly [keyword: string, ...forms: readonly string[]])[] = [
  // Redis, OpenLDAP, HAProxy, kickstart, preseed, npm, AWS
  ['requirepass', '='],
  ['masterauth', '='],
  ['auth-pass', '* ='],
  ['bindpw', '='],
  ['rootpw', '?--plaintext|--iscrypted ='],
  ['insecure-password', '='],
  ...['passwd/', 'mysql-server/', 'mariadb-server/', 'slapd/'].map(
    (question) => [question, 'password =!', 'password ='] as const,
  ),
  ['aws_secret_access_key', '='],
  ['aws_session_token', '='],
  [':_authtoken', '='],
  ['pgpassword', '='],
  ['on >', '> +'],
  ['setuser', '* on|off >'],
  ['stats auth', ':'],
  // What is typed at the prompt of Redis, or said to the services of a chat
  [':6379>', 'auth * =!', 'auth =!'],
  [':6380>', 'auth * =!', 'auth =!'],
  ['nickserv', 'identify * =', 'identify =', 'register ='],
  // What MySQL says once
  ['root@localhost:', '='],
  // What FTP says, and what mail servers are told
  ['---> pass', '=!'],
  ['auth plain', '='],
  // Postfix
  [']:25', ':'],
  [']:465', ':'],
  [']:587', ':'],
  // SNMP
  ['rocommunity', '='],
  ['rwcommunity', '='],
  [
    'snmp-server',
    'community =!',
    'host * ?traps|informs version 1|2c =!',
    'user * * v3 auth md5|sha = priv aes|des|3des ?# =',
    'user * * v3 auth md5|sha =',
  ],
  ['snmp community', '=! authorization'],
  ['com2sec', '* * ='],
  ['createuser', '* md5|sha|sha-256|sha-512 =! des|aes =!', '* md5|sha|sha-256|sha-512 =!'],
  // Cisco and those who learnt from it
  ['enable secret', '?level ?# ?# ='],
  ['enable password', '?level ?# ?# ='],
  ['username', '* ?privilege ?# secret|password 0|5|7|8|9 =!', '* ?privilege ?# secret|password ='],
  ['password', '0|5|7|8|9 =', 'enc =!'],
  ['passwd', 'enc =!'],
  ['psksecret', 'enc =!', '='],
  ['secret', '0|5|7|8|9 ='],
  ['tacacs-server', 'key # =!', 'key =', 'host * key ?# ='],
  ['radius-server', 'key # =!', 'key =', 'host * key ?# ='],
  ['isakmp', 'key ?# =! address|hostname', 'key ?# ='],
  ['message-digest-key', '# md5 ?# =!'],
  ['authentication-key', '# md5|sha1|sha2 =!'],
  ['key-string', '# =!', '='],
  ['pac key', '# ='],
  ['neighbor', '* password ?# ='],
  ['pre-shared-key', '# text =', '?local|remote ?ascii-text|hexadecimal|address ?# ='],
  ['wpa-psk', 'ascii ?# =', '='],
  ['ldap-login-password', '='],
  // strongSwan
  ['psk', '"'],
  ['eap', '"'],
  ['xauth', '"'],
];

export const DIRECTIVE_ANCHORS: readonly Anchor[] = DIRECTIVES.map(([text, ...forms]) => {
  const steps = forms.map((form) => form.split(' ').map(stepOf));
  // A blank follows in any case; short keywords stand in too many words without it.
  const mark = text.length > SHORT_KEYWORD || !/\w$/.test(text) ? text : `${text} `;
  return anchorAt(mark, (reader, start) => parseDirective(reader, start, start + text.length, steps));
});

/** What stands between a keyword and its secret. */
const HARMLESS: ReadonlySet<Step['sort']> = new Set(['word', 'any', 'number', 'right'] as const);

interface Step {
  readonly sort: 'word' | 'any' | 'number' | 'secret' | 'quoted' | 'paired' | 'pointed' | 'right';
  readonly words: readonly string[];
  readonly isOptional: boolean;
  readonly mayBePlain: boolean;
}

/** What a sign stands for; anything else is a word that stands there as it is. */
function sortOf(sign: string): Step['sort'] {
  switch (sign) {
    case '*':
      return 'any';
    case '#':
      return 'number';
    case '=':
    case '=!':
      return 'secret';
    case '"':
      return 'quoted';
    case ':':
      return 'paired';
    case '>':
      return 'pointed';
    case '+':
      return 'right';
    default:
      return 'word';
  }
}

function stepOf(spelled: string): Step {
  const isOptional = spelled.startsWith('?');
  const text = isOptional ? spelled.slice(1) : spelled;
  const sort = sortOf(text);
  return { sort, words: sort === 'word' ? text.split('|') : [], isOptional, mayBePlain: text === '=!' };
}

function parseDirective(
  reader: Reader,
  start: number,
  anchorEnd: number,
  forms: readonly (readonly Step[])[],
): readonly Span[] | undefined {
  // `passwd/` ends in the name of an account; the others are words of their own, or the last part of one.
  const last = reader.at(anchorEnd - 1);
  const isPointed = last === GREATER && isIn(BLANK, reader.at(anchorEnd - 2));
  const nameEnd =
    last === SLASH ? reader.skip(BASE64URL, anchorEnd, anchorEnd + MAX_NAME) : isPointed ? anchorEnd - 2 : anchorEnd;
  // `#define SN_auth_psk "AuthPSK"`: the end of another name.
  if (reader.before(start) === UNDERSCORE) return undefined;
  if (!isIn(BLANK, reader.at(nameEnd)) || (!OPENINGS.has(reader.at(start)) && !startsToken(reader, start)))
    return undefined;
  for (const form of forms) {
    const spans = follow(reader, nameEnd, form);
    if (spans !== undefined && spans.length > 0) return spans;
  }
  return undefined;
}

/** The secrets of a line that goes as `form` says, or undefined. */
function follow(reader: Reader, from: number, form: readonly Step[]): readonly Span[] | undefined {
  const spans: Span[] = [];
  let index = from;
  for (const step of form) {
    const start = reader.skip(BLANK, index, index + MAX_BLANKS);
    if (start === index) return undefined;
    const word = literalAt(reader, start, 0, MAX_WORD);
    if (word.next === start) return undefined;
    if (!HARMLESS.has(step.sort)) {
      const span = spanOf(reader, word, step);
      if (span === undefined) return undefined;
      spans.push(span);
    } else if (!matches(step, reader, word)) {
      if (step.isOptional) continue;
      return undefined;
    }
    index = word.next;
  }
  return spans;
}

function matches(step: Step, reader: Reader, word: Literal): boolean {
  const text = textOf(reader, word).toLowerCase();
  if (step.sort === 'any') return !JOINING.has(text);
  if (step.sort === 'right') return RIGHT.test(text);
  return step.sort === 'number' ? /^\d{1,3}$/.test(text) : step.words.includes(text);
}

function spanOf(reader: Reader, word: Literal, { sort, mayBePlain }: Step): Span | undefined {
  if (sort === 'quoted' && !word.quoted) return undefined;
  let { start, end } = word;
  if (sort === 'paired') {
    start += textOf(reader, word).indexOf(':') + 1;
    if (start === word.start) return undefined;
  } else if (sort === 'pointed') {
    if (reader.at(start) !== GREATER && reader.at(start) !== HASH) return undefined;
    start += 1;
  }
  if (!word.quoted && reader.at(end - 1) === SEMICOLON) end -= 1;
  const value = reader.text.slice(start, end);
  if (isStandIn(value) || WELL_KNOWN.has(value) || value.includes('=')) {
    // A hash or a key in base64 has its padding; `password = x` is somebody else's.
    if (!/^[^=]{16,}=+$/.test(value)) return undefined;
  }
  // Letters alone are words of a sentence, unless the line ends behind them or its form leaves no doubt.
  const isWord = WORDS_ONLY.test(value) && !word.quoted;
  if (isWord && COUNTED.test(value)) return undefined;
  const isLoose = !mayBePlain && sort !== 'paired' && sort !== 'pointed';
  if (isWord && isLoose && (!endsLineOrString(reader, end) || /[.,:]$/.test(value))) return undefined;
  return { kind: 'password', start, end };
}

/** Where the line ends, or the text or the string that it is. */
function endsLineOrString(reader: Reader, end: number): boolean {
  const code = reader.at(end);
  return code === -1 || isIn(QUOTES, code) || newlineAt(reader, end) !== undefined;
}
