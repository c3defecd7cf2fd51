import type { OutcomeClass } from '../../exit-codes.ts';
import type { Entry, State } from './entry.ts';

/** What a journal says of an item. */
export interface Known {
  /** That of the run which left it so. */
  readonly fingerprint: string;
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

/** What is known of items, by their ids. */
export interface KnownItems {
  get(id: string): Known | undefined;
  ids(): readonly string[];
}

/** What is known of all items, folded from the lines of a journal. */
export interface Knowledge {
  readonly items: KnownItems;
  /** Dollars that all runs cost. */
  readonly costUsd: number;
  /** Bytes of the output up to which all is known. */
  readonly end: number;
  /** Whether the output has lines that others have taken the place of. */
  readonly isSuperseded: boolean;
  see(entry: Entry): void;
}

/** Begins with nothing. */
export function foldKnowledge(): Knowledge {
  const items = knownItems();
  let costUsd = 0;
  let end = 0;
  let isSuperseded = false;

  function note(id: string, known: Omit<Known, 'isAnswered'>): void {
    const wasAnswered = items.get(id)?.isAnswered ?? false;
    isSuperseded ||= wasAnswered;
    items.set(id, { ...known, isAnswered: wasAnswered || known.state === 'done' });
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
          const { id, fingerprint, tool } = entry;
          note(id, {
            fingerprint,
            state: 'uncertain',
            tool,
            message: `it was cut off after it had begun to use ${tool}`,
          });
          return;
        }
        case 'ended': {
          const { id, fingerprint, state, class: own, message, tool, costUsd: cost, end: upTo } = entry;
          note(id, {
            fingerprint,
            state,
            class: own,
            ...(message === undefined ? {} : { message }),
            ...(tool === undefined ? {} : { tool }),
          });
          costUsd += cost;
          if (upTo !== undefined) end = upTo;
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

/** Items by their ids. Of those that are done, as nearly all are in the end, only the fingerprint is kept, to save memory. */
function knownItems(): KnownItems & { set(id: string, known: Known): void } {
  const done = new Map<string, string>();
  const others = new Map<string, Known>();
  return {
    get(id) {
      const fingerprint = done.get(id);
      return fingerprint === undefined ? others.get(id) : { fingerprint, ...PLAINLY_DONE };
    },
    set(id, known) {
      if (isPlainlyDone(known)) {
        done.set(id, known.fingerprint);
        others.delete(id);
      } else {
        others.set(id, known);
        done.delete(id);
      }
    },
    ids: () => [...done.keys(), ...others.keys()],
  };
}

/** What is known of an item that is done and changed nothing. */
const PLAINLY_DONE = { state: 'done', class: 'success', isAnswered: true } as const;

function isPlainlyDone({ state, class: own, message, tool }: Known): boolean {
  return state === PLAINLY_DONE.state && own === PLAINLY_DONE.class && message === undefined && tool === undefined;
}
