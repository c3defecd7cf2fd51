import { createHash } from 'node:crypto';

/** Bytes of a name that every file system takes, with room for an ending. */
const LONGEST = 200;
const DIGITS = 16;

/** A file's name for an id, another one for each: it leads nowhere, whatever the id is. */
export function fileNameOf(id: string): string {
  // Half a surrogate pair has no escape.
  const name = encodeURIComponent(Buffer.from(id).toString()).replace(/^\./, '%2E').replaceAll('*', '%2A');
  if (name.length <= LONGEST) return name;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, DIGITS);
  return `${name.slice(0, LONGEST - DIGITS - 1)}~${digest}`;
}
