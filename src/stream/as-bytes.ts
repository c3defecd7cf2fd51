import { SluiceError } from '../errors.ts';

/** Bytes or text in pieces, from a stream of any kind or a list; or all of it at once. */
export type Chunks = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * The bytes of what was given, a piece at a time; of text, those of UTF-8. A character that is torn between two pieces is
 * whole again.
 * @throws SluiceError `usage` for what is neither
 */
export async function* asBytes(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  let torn = '';
  for await (const chunk of piecesOf(chunks)) {
    if (chunk instanceof Uint8Array) {
      yield chunk;
      continue;
    }
    if (typeof chunk !== 'string') throw unusable(chunk);
    const text = torn + chunk;
    const end = endsInMidCharacter(text) ? text.length - 1 : text.length;
    torn = text.slice(end);
    yield Buffer.from(text.slice(0, end));
  }
  if (torn !== '') yield Buffer.from(torn);
}

function piecesOf(chunks: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof chunks === 'string' || chunks instanceof Uint8Array) return [chunks];
  if (isIterable(chunks)) return chunks;
  throw unusable(chunks);
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

/** Half of a surrogate pair is no character: the other half begins the next piece. */
function endsInMidCharacter(text: string): boolean {
  return /[\uD800-\uDBFF]$/.test(text);
}

function unusable(value: unknown): SluiceError {
  return new SluiceError(
    'usage',
    `chunks: expected bytes or text, in a stream or a list, got ${value === null ? 'null' : typeof value}`,
  );
}
