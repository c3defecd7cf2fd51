import type { Called, Entry } from './entry.ts';

/** An entry where it stands in a list. */
export interface Row {
  readonly entry: Entry;
  /** Its subagents above it. */
  readonly depth: number;
}

/** Whether a reader has opened a call or closed it; undefined: neither. */
export type Opened = (key: string) => boolean | undefined;

/** The entries that are shown, one after the other: what a subagent does, below its call while that goes on. */
export function rowsOf(entries: readonly Entry[], opened: Opened): Row[] {
  const rows: Row[] = [];
  const add = (some: readonly Entry[], depth: number): void => {
    for (const entry of some) {
      rows.push({ entry, depth });
      if (entry.kind === 'called' && entry.inside.length > 0 && isUnfolded(entry, opened)) add(entry.inside, depth + 1);
    }
  };
  add(entries, 0);
  return rows;
}

/** Whether what is in a call is shown: while it goes on, unless its reader has it otherwise. */
export function isUnfolded({ key, inside, result }: Called, opened: Opened): boolean {
  return opened(key) ?? (inside.length > 0 && result === null);
}
