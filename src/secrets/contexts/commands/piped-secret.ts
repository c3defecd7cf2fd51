import { passwordSpan } from '../password-span.ts';
import { BLANK, LINE_ENDS } from '../../scan/alphabets.ts';
import { BAR, HYPHEN, NEWLINE, PLUS, SEMICOLON } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { newlineAt } from '../newline.ts';
import { literalAt, quotedAt, textOf, wordAt } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_BLANKS = 8;
const MAX_COMMAND = 160;
const MAX_SECRET = 256;
const DECODER = 'base64 -';

/** What reads a secret from its standard input. */
const READERS = [
  '--password-stdin',
  '--stdin',
  '--with-token',
  '--passphrase-fd 0',
  '-passin stdin',
  '-pass stdin',
  'chpasswd',
  'cryptsetup ',
  'docker secret create ',
  'gcloud secrets ',
  'gh secret set ',
  'kinit ',
  'lpass login ',
  'pass insert ',
  'passwd ',
  'podman secret create ',
  'sudo -s',
  'vercel env add ',
  'wrangler secret put ',
];

/**
 * Secrets that are piped to a command: `echo 'user:password' | chpasswd`, `echo secret | docker login
 * --password-stdin`; and those that an expect script types when it was asked for a password.
 */
export const PIPED_SECRET_ANCHORS: readonly Anchor[] = [
  { text: 'echo', exact: true, parse: parsePiped },
  anchorAt('printf', parsePiped, true),
  anchorAt('expect', parseExpect, true),
  anchorAt('chpasswd', parseAccounts, true),
];

function parsePiped(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  let index = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  if (index === anchorEnd) return undefined;
  if (reader.at(index) === HYPHEN) {
    const flag = wordAt(reader, index, 0, 4);
    index = reader.skip(BLANK, flag.next, flag.next + MAX_BLANKS);
  }
  const said = literalAt(reader, index, 0, MAX_SECRET);
  const pipe = reader.skip(BLANK, said.next, said.next + MAX_BLANKS);
  // A shell that traces itself shows the two commands of a pipe on two lines.
  const isTraced = reader.at(pipe) === NEWLINE && reader.at(pipe + 1) === PLUS;
  const isPiped = reader.at(pipe) === BAR && reader.at(pipe + 1) !== BAR;
  if (!(isPiped || isTraced) || !readsSecret(reader, pipe + 1)) return undefined;
  const text = textOf(reader, said).replace(/\\+n$/, '');
  const colon = reader.sees('chpasswd', reader.skip(BLANK, pipe + 1, pipe + 9)) || text.includes(':');
  const from = colon ? text.indexOf(':') + 1 : 0;
  if (isStandIn(text.slice(from)) || /\s.*\s/.test(text)) return undefined;
  return { kind: 'password', start: said.start + from, end: said.start + text.length };
}

/** Whether the command at `from` is one of {@link READERS}, or has such a flag. */
function readsSecret(reader: Reader, from: number): boolean {
  const decoder = reader.skip(BLANK, from, from + MAX_BLANKS);
  for (let index = from; index - from < MAX_COMMAND; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === NEWLINE || code === SEMICOLON) return false;
    // `| base64 -d |` stands between what is said and who hears it.
    if (code === BAR && !reader.sees(DECODER, decoder)) return false;
    // A second echo looks after its own pipe.
    if (reader.sees('echo', index)) return false;
    if (READERS.some((name) => reader.sees(name, index))) return true;
  }
  return false;
}

/** The lines `user:password` below `chpasswd <<EOF`, or below its list in cloud-init. */
function parseAccounts(reader: Reader, _start: number, anchorEnd: number): readonly Span[] {
  const spans: Span[] = [];
  for (let index = anchorEnd, lines = 0; lines < MAX_ACCOUNTS; lines += 1) {
    const lineEnd = reader.find(LINE_ENDS, index, index + MAX_SECRET);
    const [line = ''] = reader.text.slice(index, lineEnd).split(WRITTEN_LINE_END, 1);
    const end = index + line.length;
    const user = lines === 0 ? undefined : ACCOUNT.exec(line)?.[0];
    if (user === undefined && lines > 0 && !LIST.test(line)) break;
    const span = user === undefined ? undefined : passwordSpan(reader, index + user.length, end);
    if (span !== undefined) spans.push(span);
    const newline = newlineAt(reader, end);
    if (newline === undefined) break;
    index = newline + 1;
  }
  return spans;
}

const MAX_ACCOUNTS = 64;
const WRITTEN_LINE_END = /\\+[nr]/;
/** What stands before the password of an account, and before the accounts. */
const ACCOUNT = /^\s*(?:- )?[a-z_][\w.-]{0,31}:(?=\S{4,}$)/;
const LIST = /^\s*list: ?[|>]?-?$/;

/** `expect "password:"` and, on the next line or in braces, `send "secret\r"`. */
function parseExpect(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const from = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  if (from === anchorEnd) return undefined;
  const asked = quotedAt(reader, from, 64) ?? wordAt(reader, from, 0, 64);
  if (!/assword|assphrase/i.test(textOf(reader, asked))) return undefined;
  const typed = sendAfter(reader, asked.next);
  if (typed === undefined) return undefined;
  const text = textOf(reader, typed).replace(/(?:\\+[rn])+$/, '');
  return passwordSpan(reader, typed.start, typed.start + text.length);
}

function sendAfter(reader: Reader, from: number): ReturnType<typeof quotedAt> {
  for (let index = from; index - from < 32; index += 1) {
    if (!reader.sees('send', index)) continue;
    const dashes = reader.skip(BLANK, index + 4, index + 4 + MAX_BLANKS);
    const end = reader.sees('--', dashes) ? reader.skip(BLANK, dashes + 2, dashes + 2 + MAX_BLANKS) : dashes;
    return quotedAt(reader, end, MAX_SECRET);
  }
  return undefined;
}
