import fc from 'fast-check';

/** Cuts bytes at the given places, in any order and number; places wrap around. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = places.map((place) => place % (bytes.length + 1)).toSorted((one, other) => one - other);
  return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}

/** Places to cut at, for texts of up to some hundred thousand bytes. */
export const places = fc.array(fc.nat(300_000), { maxLength: 40 });

/** One byte a chunk: whatever can be torn is torn. */
export function everyByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** A source that, like a spool, reads every chunk into the same memory. */
export async function* intoOneBuffer(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  const memory = new Uint8Array(Math.max(0, ...chunks.map((chunk) => chunk.length)));
  for (const chunk of chunks) {
    memory.set(chunk);
    yield memory.subarray(0, chunk.length);
    memory.fill(0x58);
  }
}

/** Bytes as they may come from a claude, and worse: whole and torn characters, separators, rubbish. */
export const bytesOfOutput: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(
          '\n',
          '\r\n',
          '\r',
          '\n\n',
          '\0',
          '\u2028',
          '\u2029',
          '\u0085',
          'ä€😀',
          '"\\ud83d"',
          '{"type":"keep_alive"}',
          '{"type":"x","text":"a\u2028b\u0085😀"}',
          '[{"type":"a"},{"type":"b"}]',
          '{"type":',
          '12',
        )
        .map((text) => new Uint8Array(Buffer.from(text))),
      fc.uint8Array({ maxLength: 6 }),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => new Uint8Array(Buffer.concat(pieces)));
