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

/** What is known of all items, folded from the lines of a journal. */
export interface Knowledge {
  readonly items: ReadonlyMap<string, Known>;
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
  const items = new Map<string, Known>();
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
