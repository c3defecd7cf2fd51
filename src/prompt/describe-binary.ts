import type { BinaryKind } from '../system/binary-kind.ts';
import { encodingOf } from '../system/text-encoding.ts';
import { pipeInto } from './pipe-into.ts';

/** How much of a text is none. */
export interface Oddities {
  /** Places where there is U+FFFD in place of bytes that are no text. */
  readonly replaced: number;
  readonly nuls: number;
}

/** What most old texts are in: other than UTF-16, they do not show it. */
const ANY = 'WINDOWS-1252';

/** What to say of a file that is of a kind that holds no text. */
export function describeBinary({ name, extract, unpack, seen }: BinaryKind, file: string | null): string {
  const ways = [
    ...(seen === undefined ? [] : [showing(seen, file)]),
    ...(extract === undefined ? [] : [pipeInto({ extract, unpack }, file)]),
  ];
  return `it is ${name}, and no text; ${ways.length === 0 ? 'make a text of it first' : `try: ${ways.join(', or: ')}`}`;
}

/** What to say of bytes of no known kind of which too much is no text. */
export function describeUnreadable(bytes: Buffer, oddities: Oddities, file: string | null): string {
  const encoding = guessEncoding(bytes, oddities);
  const what = `it has ${describeOddities(oddities)}`;
  if (encoding !== null) {
    const command = `iconv -f ${encoding} -t UTF-8`;
    const guess = encoding === ANY ? `in another encoding, such as ${ANY}` : encoding;
    return `${what}; if it is ${guess}, try: ${pipeInto({ extract: `${command} FILE`, unpack: command }, file)}`;
  }
  if (oddities.replaced > 0) return `it is binary: ${what}; make a text of it first`;
  const command = String.raw`tr -d '\000'`;
  return `${what}; without them: ${pipeInto({ extract: `${command} < FILE`, unpack: command }, file)}`;
}

/** What is odd about a text. */
export function describeOddities({ replaced, nuls }: Oddities): string {
  const places = replaced === 1 ? '1 place that is no text' : `${replaced} places that are no text`;
  const zeros = nuls === 1 ? '1 NUL byte' : `${nuls} NUL bytes`;
  return [...(replaced === 0 ? [] : [places]), ...(nuls === 0 ? [] : [zeros])].join(' and ');
}

/** How claude shows it to the model (2.1.197, 2.1.332). */
function showing(seen: 'image' | 'document', file: string | null): string {
  const name = file !== null && /^[\w./-]+$/.test(file) ? file : 'FILE';
  return seen === 'image' ? `sluice "what is in @${name}?"` : `sluice --tools Read "what is in ${name}?"`;
}

/** The name that iconv has for what it may be, or null. */
function guessEncoding(bytes: Buffer, { replaced, nuls }: Oddities): string | null {
  if (isUtf32(bytes)) return 'UTF-32';
  if (nuls === 0) return encodingOf(bytes).name === 'utf-8' ? ANY : null;
  if (replaced > 0) return null;
  // Of each letter of ours, one half is empty.
  const [even, odd] = [nulsAt(bytes, 0), nulsAt(bytes, 1)];
  const most = bytes.length / 3;
  return odd > most && even === 0 ? 'UTF-16LE' : even > most && odd === 0 ? 'UTF-16BE' : null;
}

/** Whether it begins with the mark of UTF-32, of which the mark of UTF-16 is a part. */
export function isUtf32(bytes: Buffer): boolean {
  const mark = bytes.toString('hex', 0, 4);
  return mark === 'fffe0000' || mark === '0000feff';
}

/** How many of all second bytes are NUL, from the first or from the second one on. */
function nulsAt(bytes: Buffer, start: 0 | 1): number {
  let nuls = 0;
  for (let at = start; at < bytes.length; at += 2) if (bytes[at] === 0) nuls++;
  return nuls;
}
