/** Why there is no connection to a server, by the code of an error; undefined for one that is not about that. */
export function connectionFault(code: string): string | undefined {
  return REASONS.get(code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens there'],
  ['ENOTFOUND', 'there is no host of that name'],
  ['EAI_AGAIN', 'its name could not be looked up'],
  ['ETIMEDOUT', 'it does not answer'],
  ['ECONNRESET', 'the connection broke'],
  ['EPIPE', 'the connection broke'],
]);
