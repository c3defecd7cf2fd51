/** A text in base64, as credentials are written in many files. */
export function base64Of(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** An object as base64url, as in tokens. */
export function base64urlOf(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
