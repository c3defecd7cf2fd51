/** The JSON that a message was read from, for as long as the message is unchanged and holds nothing to mask. */
const sources = new WeakMap<object, string>();

/** Remembers that `text`, without any change, is the JSON of a message. */
export function rememberSource(message: object, text: string): void {
  sources.set(message, text);
}

/** The JSON of a message where it is known without writing it anew. A message that was edited has none. */
export function sourceOf(message: object): string | undefined {
  return sources.get(message);
}
