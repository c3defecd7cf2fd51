import type { OutcomeClass } from '../../outcome/classes.ts';
import type { Item } from '../item.ts';
import { createFingerprintTable } from './fingerprint-table.ts';
import type { Entry, State } from './entry.ts';

/** What a journal says of an item. */
export interface Known {
  readonly state: State;
  /** Absent where that run was cut off. */
  readonly class?: OutcomeClass;
  /** Why it is not done. */
  readonly message?: string;
  /** The first tool that it used which may write; absent: none. */
  readonly tool?: string;
  /** Whether the output has a line of it, be it of this run or of one before. */
  readonly isAnswered: boolean;
}

/** What is known of items. */
export interface KnownItems {
  /** What is known of an item as it is now; undefined also where only an earlier form of it is known. */
  get(item: Fingerprinted): Known | undefined;
}

type Fingerprinted = Pick<Item, 'id' | 'fingerprint'>;

/** What is known of all items, folded from the lines of a journal. */
export interface Knowledge {
  readonly items: KnownItems;
  /** Dollars that all runs cost. */
  readonly costUsd: number;
  /** Bytes of the output up to which all is known. */
  readonly end: number;
  /** Whether the output has lines that later ones supersede. */
  readonly isSuperseded: boolean;
  see(entry: Entry): void;
}

/** A fold over the lines of a journal, before the first one. */
export function foldKnowledge(): Knowledge {
  const items = knownItems();
  let costUsd = 0;
  let end = 0;
  let isSuperseded = false;

  function note(item: Fingerprinted, known: Omit<Known, 'isAnswered'>): void {
    const wasAnswered = items.isAnswered(item.id);
    isSuperseded ||= wasAnswered;
    items.set(item, known, wasAnswered || known.state === 'done');
  }

  return {
    items,
    get costUsd() {
      return costUsd;
    },
    get end() {
      return end;
    },
    get isSuperseded() {
      return isSuperseded;
    },
    see(entry) {
      switch (entry.entry) {
        case 'batch':
          return;
        case 'writing': {
          const { tool } = entry;
          note(entry, { state: 'uncertain', tool, message: `it was cut off after it had begun to use ${tool}` });
          return;
        }
        case 'ended': {
          note(entry, entry);
          costUsd += entry.costUsd;
          end = entry.end ?? end;
          return;
        }
        case 'settled':
          end = entry.end;
          isSuperseded = false;
          return;
        default:
          return entry satisfies never;
      }
    },
  };
}

/** Items by their ids. Of those that are done, as nearly all are in the end, only digests are kept, to save memory. */
function knownItems(): KnownItems & {
  isAnswered(id: string): boolean;
  set(item: Fingerprinted, known: Omit<Known, 'isAnswered'>, isAnswered: boolean): void;
} {
  const done = createFingerprintTable();
  /** The items with more to tell. An entry here counts before one in `done`, which may be older. */
  const others = new Map<string, Known & Pick<Item, 'fingerprint'>>();
  return {
    get(item) {
      const other = others.size === 0 ? undefined : others.get(item.id);
      if (other !== undefined) return other.fingerprint === item.fingerprint ? other : undefined;
      return done.has(item) ? PLAINLY_DONE : undefined;
    },
    isAnswered: (id) => done.hasId(id) || others.get(id)?.isAnswered === true,
    set(item, known, isAnswered) {
      const { id, fingerprint } = item;
      if (isPlainlyDone(known) && done.add(item)) return void others.delete(id);
      const { state, class: own, message, tool } = known;
      others.set(id, {
        state,
        ...(own === undefined ? {} : { class: own }),
        ...(message === undefined ? {} : { message }),
        ...(tool === undefined ? {} : { tool }),
        isAnswered,
        fingerprint,
      });
    },
  };
}

/** What is known of an item that is done and changed nothing. */
const PLAINLY_DONE = { state: 'done', class: 'success', isAnswered: true } as const;

function isPlainlyDone({ state, class: own, message, tool }: Omit<Known, 'isAnswered'>): boolean {
  return state === PLAINLY_DONE.state && own === PLAINLY_DONE.class && message === undefined && tool === undefined;
}
