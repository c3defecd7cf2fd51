import type { Query } from '../../client/client.ts';

/** A file as it is sent along. */
export type SentFile = NonNullable<Query['attachments']>[number];

/** What is read of a file of the browser's. */
export type PickedFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/** As many as a gateway takes, and the UTF-16 units that the name of one may have. */
export const MOST_FILES = 100;
const LONGEST_NAME = 200;

/** Bytes of all, at most: a gateway takes 16 MiB unless its operator says otherwise, and a browser holds it several times. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Bytes that are turned into characters at once. */
const PIECE = 32_766;

/** Its bytes as they are: whether that is a text or a picture, the gateway finds out. */
export async function sentFileOf(file: PickedFile): Promise<SentFile> {
  const name = shortened(file.name === '' ? 'pasted' : file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length === 0) return { name, text: '' };
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))));
  }
  return { name, base64: pieces.join('') };
}

/** What is wrong with files that are to be sent along, in a line for people; null where nothing is. */
export function problemOf(files: readonly Pick<PickedFile, 'size'>[]): string | null {
  if (files.length > MOST_FILES) return `Attachments: there may be ${MOST_FILES}`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return size > MOST_BYTES ? `Attachments: ${formatSize(size)} are more than any gateway takes` : null;
}

/** Bytes for people: `1.5 MiB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** The end says what kind of file it is. */
function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME / 2)}…${name.slice(1 - LONGEST_NAME / 2)}`;
}
