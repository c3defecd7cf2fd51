import type { Ending } from '../sink.ts';

/** Keeps back claude's words on a failure as long as they may be what the run ends with: the end says them. */
export interface FailureText {
  hold(text: string): void;
  /** Lets go of the words that are kept back, if any: something else has come. */
  release(): string | null;
  /** Those of them that the ending does not say itself. */
  unsaid(ending: Ending): string | null;
}

/** Starts with nothing kept back. */
export function followFailure(): FailureText {
  let held: string | null = null;

  function release(): string | null {
    const text = held;
    held = null;
    return text;
  }

  return {
    hold(text) {
      held = text;
    },
    release,
    unsaid(ending) {
      const text = release();
      return text === null || isSaid(text, ending) ? null : text;
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
