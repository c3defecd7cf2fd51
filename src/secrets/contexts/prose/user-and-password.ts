import { isMadeUp, isMixedWord, isNumberedWord, namesScheme } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isIn, LETTERS, QUOTES, UPPER_CASE, WHITESPACE } from '../../scan/alphabets.ts';
import { codesOf, SPACE } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_PAIR = 192;
/** Account or identifier, and password, in Korean: `계정/비번`, `아이디,비밀번호`. */
const KOREAN_LEADS = Array.from('/,', (sign) => ['비번', '비밀번호', '암호'].map((word) => sign + word)).flat();
/** The rest of `password`. */
const MAX_REST = 6;
const MAX_BLANKS = 5;
const HAS_DIGIT = /\d/;
/** What stands before a colour or another sign that is not printed. */
const PRINTED = /^[^\0-\x1f]*/;
/** What may stand between what says that both follow and the user. */
const LEADS = codesOf(':=>( -)');
/** Where the account is, when that is noted down as well: `192.0.2.7`, `192.0.2.7:22 `, and whose it is: `for jo (`. */
const PLACE = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}(?::\w{1,5})?[ /,]\(?|for [\w.@-]{2,48} \()?`;
const PASSWORD = String.raw`(?=(?<password>[^\s"'\`,;()<>\\]{6,64})(?:[\s"'\`,;)<\\]|$))`;
/** What leads to the user, the user, what leads to the password, and the password. */
const PAIR = new RegExp(String.raw`^\)?[:=> (-]{1,4}${PLACE}(?<user>[\w.@-]{2,48}?)(?: ?\/{1,2} ?|[:,(])${PASSWORD}`);
/** The same with nothing but blanks between. */
const WORDS = new RegExp(String.raw`^:? ${PLACE}(?<user>[\w.@-]{2,48}) (?:\/{1,2} )?${PASSWORD}`);
/** The same with a slash between blanks, where nothing else is meant: any user, and any password. */
const APART = /^\)?[:=> (-]{1,4}(?<user>\S{1,48}) \/ (?=(?<password>\S{6,128}))/;
/** The rest of `/password` and `/pwd`, behind which a path may go on. */
const REST = /^(?:word|wd|d)?s?$/i;
/** What a table or a manual has in place of a user; a host has a dot, and a password does not begin as paths and versions do. */
const NO_USER = /^(?:hash|salt|columns?|fields?|types?)$|^\d+(?:\.\d+){3}$|^[^@]+\.(?:io|com|org|net|dev|local)$/i;
const NO_PASSWORD = /^\/|^\d+\/|^v?\d+\.\d|@v?\d/i;

/**
 * A password beside the user that it belongs to, as people note both down: `ID/PW: jo/…`, `login/password (jo / …)`,
 * `Credentials: jo:…`, `id pw jo …`. Two plain words are two plain words.
 */
export const USER_AND_PASSWORD_ANCHORS: readonly Anchor[] = [
  ...leadsTo(PAIR, ['/pass', '/pw', '&pass', '&pw', 'telnet', ...KOREAN_LEADS]),
  ...leadsTo(PAIR, ['credentials', 'creds', 'login', '계정'], ':'),
  ...leadsTo(WORDS, ['id pass', 'id pw', 'id/pass']),
  ...leadsTo(WORDS, ['id/pw'], ' '),
];

/** Anchors for words that say that both follow; the `sign` behind them leads to the user, as that of a pair does. */
function leadsTo(pattern: RegExp, leads: readonly string[], sign = ''): Anchor[] {
  return leads.map((lead) =>
    anchorAt(lead + sign, (reader, start, end) =>
      // `invalid password` names nobody, `SERVER ID PW` does.
      !lead.startsWith('id') || startsToken(reader, start) || isIn(UPPER_CASE, reader.at(start))
        ? parsePair(reader, end - sign.length, pattern)
        : undefined,
    ),
  );
}

function parsePair(reader: Reader, leadEnd: number, pattern: RegExp): Span | undefined {
  const from = reader.skip(LETTERS, leadEnd, leadEnd + MAX_REST);
  if (!LEADS.has(reader.at(from)) || !REST.test(reader.text.slice(leadEnd, from))) return undefined;
  const [text = ''] = PRINTED.exec(reader.text.slice(from, wordsEnd(reader, from))) ?? [];
  const close = HAS_DIGIT.test(text) ? passwordIn(pattern.exec(text), true) : undefined;
  const place = close ?? (text.includes(' / ') ? passwordIn(APART.exec(text), false) : undefined);
  return place && { kind: 'password', start: from + place.from, end: from + place.to };
}

/** Where the words from `from` on end that may be a pair: at a quote, a line end, or a blank too many. */
function wordsEnd(reader: Reader, from: number): number {
  const limit = from + MAX_PAIR;
  let end = from;
  for (let blanks = 0; ; blanks += 1) {
    end = reader.find(QUOTES | WHITESPACE, end, limit);
    if (end >= limit || reader.at(end) !== SPACE || blanks === MAX_BLANKS) return end;
    end += 1;
  }
}

/** Where the password of a pair stands in it. */
function passwordIn(pair: RegExpExecArray | null, isClose: boolean): { from: number; to: number } | undefined {
  const { user = '', password = '' } = pair?.groups ?? {};
  if (pair === null || isStandIn(password)) return undefined;
  if (isClose && (NO_USER.test(user) || NO_PASSWORD.test(password) || namesScheme(password))) return undefined;
  if (!isMadeUp(password) && !isNumberedWord(password) && !(isClose && isMixedWord(password))) return undefined;
  return { from: pair[0].length, to: pair[0].length + password.length };
}
