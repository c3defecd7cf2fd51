import { encodingOf, type TextEncoding } from '../system/text-encoding.ts';

/** How many bytes tell UTF-16 and UTF-32 from text in which a NUL stands by chance. */
const ENOUGH = 8;

/** The byte order marks of UTF-32. */
const UTF_32 = ['fffe0000', '0000feff'];

/** Everything but UTF-16 and UTF-32 goes through byte for byte, its mark too. */
const AS_IT_IS: TextEncoding = { name: 'utf-8', mark: 0 };

/**
 * The encoding of a text that may be anything: UTF-16, in which no secret would be found, is known by its byte order
 * mark, or by a NUL beside each of its first letters.
 * @throws an Error for UTF-32, in which no secret would be found either; it is known by its mark, or by three NULs
 */
export function guessEncoding(head: Buffer, isWhole: boolean): TextEncoding | null {
  if (head.length < ENOUGH && !isWhole && mayBeUtf16(head)) return null;
  if (UTF_32.includes(head.toString('hex', 0, 4))) throw utf32('UTF-32');
  if (isAscii(head, 4, 0)) throw utf32('UTF-32LE');
  if (isAscii(head, 4, 3)) throw utf32('UTF-32BE');
  const marked = encodingOf(head);
  if (marked.name === 'utf-16le' && head[3] === 0) return marked;
  if (marked.name === 'utf-16be' && head[2] === 0) return marked;
  if (isAscii(head, 2, 0)) return { name: 'utf-16le', mark: 0 };
  return isAscii(head, 2, 1) ? { name: 'utf-16be', mark: 0 } : AS_IT_IS;
}

function utf32(name: string): Error {
  return new Error(
    `it is UTF-32, in which no secret is found; make UTF-8 of it first, with: iconv -f ${name} -t UTF-8`,
  );
}

/** Whether the first units, of so many bytes, are ASCII: that is what stands at `offset` in each, and the rest is NUL. */
function isAscii(head: Buffer, width: 2 | 4, offset: number): boolean {
  for (let index = 0; index < ENOUGH; index++) {
    const byte = head[index] ?? 0;
    const isText = (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
    if (index % width === offset ? !isText : byte !== 0) return false;
  }
  return true;
}

/** Whether so few bytes leave it open. */
function mayBeUtf16(head: Buffer): boolean {
  return head.length < 2 || encodingOf(head).name !== 'utf-8' || head[0] === 0 || head[1] === 0;
}
