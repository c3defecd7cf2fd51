import { isMadeUp, isMixedWord, isNumberedWord, namesScheme } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { DIGITS, isIn, LETTERS, QUOTES } from '../../scan/alphabets.ts';
import { codesOf, SPACE } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_PAIR = 192;
/** The rest of `password`. */
const MAX_REST = 6;
const MAX_BLANKS = 5;
/** What may stand between what says that both follow and the user. */
const LEADS = codesOf(':=>( -)');
/** What leads to the user, the user, what leads to the password, and the password. */
const PAIR = /^\)?[:=> (-]{1,4}[\w.@-]{2,48}?(?: ?\/{1,2} ?|[:,(])(?=([^\s"'`,;()<>\\]{6,64})(?:[\s"'`,;)<\\]|$))/;
/** The same with nothing but blanks between. */
const WORDS = /^:? [\w.@-]{2,48} (?:\/{1,2} )?(?=([^\s"'`,;()<>\\]{6,64})(?:[\s"'`,;)<\\]|$))/;
/** The same with a slash between blanks, where nothing else is meant: any user, and any password. */
const APART = /^\)?[:=> (-]{1,4}\S{1,48} \/ (?=(\S{6,128}))/;
/** The rest of `/password`, behind which a path may go on. */
const REST = /^(?:word|wd)?s?$/i;
/** What a table or a manual has in place of a user; a host has a dot, and a password does not begin as paths and versions do. */
const NO_USER = /^(?:hash|salt|columns?|fields?|types?)$|^\d+(?:\.\d+){3}$|^[^@]+\.(?:io|com|org|net|dev|local)$/i;
const NO_PASSWORD = /^\/|^\d+\/|^v?\d+\.\d|@v?\d/i;

/**
 * A password beside the user that it belongs to, as people note both down: `ID/PW: jo/…`, `login/password (jo / …)`,
 * `Credentials: jo:…`, `id pw jo …`. Two plain words are two plain words.
 */
export const USER_AND_PASSWORD_ANCHORS: readonly Anchor[] = [
  ...['/pass', '/pw', '&pass', '&pw', 'telnet'].map((lead) =>
    anchorAt(lead, (reader, _start, end) => parsePair(reader, end, PAIR)),
  ),
  ...['credentials:', 'creds:', 'login:', '계정:'].map((lead) =>
    anchorAt(lead, (reader, _start, end) => parsePair(reader, end - 1, PAIR)),
  ),
  ...['id pass', 'id pw', 'id/pw ', 'id/pass'].map((lead) =>
    anchorAt(lead, (reader, start, end) =>
      // `invalid password` names nobody.
      startsToken(reader, start) ? parsePair(reader, end - (lead.endsWith(' ') ? 1 : 0), WORDS) : undefined,
    ),
  ),
];

function parsePair(reader: Reader, leadEnd: number, pattern: RegExp): Span | undefined {
  const from = reader.skip(LETTERS, leadEnd, leadEnd + MAX_REST);
  if (!LEADS.has(reader.at(from)) || !REST.test(reader.text.slice(leadEnd, from))) return undefined;
  let blanks = 0;
  let hasDigit = false;
  let end = from;
  for (; end - from < MAX_PAIR; end += 1) {
    const code = reader.at(end);
    if (code < SPACE || isIn(QUOTES, code)) break;
    if (code === SPACE && (blanks += 1) > MAX_BLANKS) break;
    hasDigit ||= isIn(DIGITS, code);
  }
  const text = reader.text.slice(from, end);
  const place = (hasDigit ? passwordIn(pattern.exec(text), true) : undefined) ?? passwordIn(APART.exec(text), false);
  return place && { kind: 'password', start: from + place.from, end: from + place.to };
}

/** Where the password of a pair stands in it. */
function passwordIn(pair: RegExpExecArray | null, isClose: boolean): { from: number; to: number } | undefined {
  const [lead = '', password = ''] = pair ?? [];
  if (password === '' || isStandIn(password)) return undefined;
  if (isClose) {
    const [user = ''] = /[\w.@-]{2,}/.exec(lead) ?? [];
    if (NO_USER.test(user) || NO_PASSWORD.test(password) || namesScheme(password)) return undefined;
  }
  if (!isMadeUp(password) && !isNumberedWord(password) && !(isClose && isMixedWord(password))) return undefined;
  return { from: lead.length, to: lead.length + password.length };
}
