/** How far a stream is read. */
export interface StreamReading {
  /** Bytes allowed. */
  readonly limit: number;
  /** What is thrown when there are more. */
  readonly tooMuch: Error;
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
  { limit, tooMuch, enough, onPiece }: StreamReading,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.byteLength;
      if (size > limit) throw tooMuch;
      chunks.push(chunk);
      onPiece?.(size);
    }
  } catch (error) {
    if (enough?.aborted !== true) throw error;
  }
  return Buffer.concat(chunks);
}
