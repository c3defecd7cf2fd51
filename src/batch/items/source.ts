import type { BadRow, Row } from '../item.ts';

/** Where rows come from. */
export interface Source {
  /** What it is called, for people and for the journal: a path, `stdin`, or a pattern. */
  readonly name: string;
  /** What relative paths in its rows count from. */
  readonly folder: string;
  /** The file that holds them; null: no file does. */
  readonly file: string | null;
  /** Reads them as they are needed. To be called once. */
  rows(): AsyncGenerator<Row | BadRow, void, undefined>;
}

/** Bytes as they come, and how many there are, where that is known. */
export interface Bytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly size: number | null;
}

/** How much of so many bytes is behind a place in them. */
export function shareOf(place: number, size: number | null): number | null {
  return size === null || size === 0 ? null : Math.min(1, place / size);
}
