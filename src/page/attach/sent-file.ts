import type { Query } from '../../client/client.ts';

/** A file as it is sent along. */
export type SentFile = NonNullable<Query['attachments']>[number];

/** What is read of a file of the browser's. */
export type PickedFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/** As many as a gateway takes, and the UTF-16 units that the name of one may have. */
const MOST_FILES = 100;
const LONGEST_NAME = 200;

/** Bytes of a request, unless a gateway's operator says otherwise (`--max-body`). */
const USUAL_BODY = 16 * 1024 * 1024;

/** Bytes of all, at most: a browser holds them several times. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Bytes that are turned into characters at once. */
const PIECE = 32_766;

/** A file with its bytes as they are: the gateway finds out whether they are a text or a picture. */
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
  const size = sizeOf(files);
  return size > MOST_BYTES ? `Attachments: ${formatSize(size)} are more than any gateway takes` : null;
}

/** Why a gateway may have ended the connection before it had all files, in a line for people; null where size can't be why. */
export function whyBrokenOff(files: readonly Pick<PickedFile, 'size'>[]): string | null {
  const size = sizeOf(files);
  // In base64, 3 bytes are 4.
  if ((size * 4) / 3 < USUAL_BODY) return null;
  return `The gateway broke off: the attachments are ${formatSize(size)}, and it takes ${formatSize((USUAL_BODY * 3) / 4)} of them unless its operator says otherwise (--max-body)`;
}

function sizeOf(files: readonly Pick<PickedFile, 'size'>[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
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
