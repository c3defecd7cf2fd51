/** How a text is written down as bytes, as its first bytes say. */
export interface TextEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Bytes of the byte order mark, which is no part of the text. */
  readonly mark: number;
}

/** The encoding that a byte order mark tells; UTF-8 where there is none. Windows puts one before much of its text. */
export function encodingOf(head: Uint8Array): TextEncoding {
  const [first, second, third] = head;
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', mark: 2 };
  return { name: 'utf-8', mark: first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0 };
}
