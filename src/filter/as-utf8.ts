/** How many bytes tell UTF-16 from text in which a NUL stands by chance. */
const ENOUGH = 8;
const LITTLE = 'utf-16le';
const BIG = 'utf-16be';

/**
 * The bytes as they are, but those of UTF-16 as UTF-8, without their byte order mark: in UTF-16 no secret would be
 * found. It is known by its byte order mark, or by a NUL beside each of its first letters.
 */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let start: Buffer | null = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (start !== null) {
      start = Buffer.concat([start, chunk]);
      if (start.length < ENOUGH && mayBeUtf16(start)) continue;
      decoder = decoderFor(start);
      bytes = start;
      start = null;
    }
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
  if (start !== null) {
    decoder = decoderFor(start);
    yield decoder === null ? start : Buffer.from(decoder.decode(start, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}

function decoderFor(start: Buffer): InstanceType<typeof TextDecoder> | null {
  const [first, second, third, fourth] = start;
  if (first === 0xff && second === 0xfe && fourth === 0) return new TextDecoder(LITTLE);
  if (first === 0xfe && second === 0xff && third === 0) return new TextDecoder(BIG);
  if (start.length < ENOUGH) return null;
  if (isAscii(start, 0)) return new TextDecoder(LITTLE);
  return isAscii(start, 1) ? new TextDecoder(BIG) : null;
}

/** Whether the first units are ASCII, whose bytes stand at `offset` of each unit, with a NUL beside them. */
function isAscii(start: Buffer, offset: number): boolean {
  for (let index = 0; index < ENOUGH; index += 2) {
    const letter = start[index + offset] ?? 0;
    const isText = (letter >= 0x20 && letter < 0x7f) || (letter >= 0x09 && letter <= 0x0d);
    if (!isText || start[index + 1 - offset] !== 0) return false;
  }
  return true;
}

/** Whether so few bytes leave it open. */
function mayBeUtf16(start: Buffer): boolean {
  const [first, second] = start;
  if (start.length < 2) return true;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
