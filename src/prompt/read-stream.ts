/** Makes less of a stream that is longer than its limit; null where that can't be done. */
export type Overflow = (bytes: AsyncIterable<Uint8Array>) => Promise<Buffer | null>;

/** How far a stream is read. */
export interface StreamReading {
  /** Bytes allowed. */
  readonly limit: number;
  /** What is thrown when there are more. */
  readonly tooMuch: Error;
  /** Takes the stream over when there are more, what was read of it included; null where that is too much. */
  readonly onOverflow?: Overflow | null;
  /** What destroys the stream before its end, if anything does: what came until then is all. */
  readonly enough?: AbortSignal;
  /** Told after each piece how many bytes there are. */
  readonly onPiece?: (size: number) => void;
}

/**
 * All the bytes of a stream such as stdin.
 * @throws `tooMuch`, as soon as there are more than the limit, or the system's error
 */
export async function readStream(
  stream: AsyncIterable<Uint8Array>,
  { limit, tooMuch, onOverflow, enough, onPiece }: StreamReading,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;

  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of stream) {
        size += chunk.byteLength;
        yield chunk;
        onPiece?.(size);
      }
    } catch (error) {
      if (enough?.aborted !== true) throw error;
    }
  }

  const rest = pieces();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    chunks.push(next.value);
    if (size <= limit) continue;
    const less = onOverflow == null ? null : await onOverflow(all(chunks.splice(0), rest));
    if (less !== null) return less;
    await rest.return();
    throw tooMuch;
  }
  return Buffer.concat(chunks);
}

async function* all(
  chunks: Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
  yield* rest;
}
