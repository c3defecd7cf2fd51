import type { Ending } from '../sink.ts';
import type { EntryOf } from './entry.ts';

/** Keeps back claude's own words as long as they may be what the run ends with: the end says them. */
export interface OwnWords {
  hold(entry: EntryOf<'text'>): void;
  /** Lets go of what is kept back, if anything is: something else has come. */
  release(): EntryOf<'text'> | null;
  /** What is kept back and the ending does not say itself. */
  unsaid(ending: Ending): EntryOf<'text'> | null;
}

/** Starts with nothing kept back. */
export function followOwnWords(): OwnWords {
  let held: EntryOf<'text'> | null = null;

  function release(): EntryOf<'text'> | null {
    const entry = held;
    held = null;
    return entry;
  }

  return {
    hold(entry) {
      held = entry;
    },
    release,
    unsaid(ending) {
      const entry = release();
      return entry === null || isSaid(entry.text, ending) ? null : entry;
    },
  };
}

/** The ending may add to claude's words, and cuts long ones. */
function isSaid(text: string, ending: Ending): boolean {
  if (ending.class === 'success') return false;
  const words = oneLine(text);
  const [message = ''] = oneLine(ending.message).split('; ');
  return ending.message.includes(words) || (message !== '' && words.startsWith(message.replace(/…$/, '')));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
