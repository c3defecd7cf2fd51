import type { Tone } from './notice.ts';

/** One thing to show; what the messages of a run come down to for a reader. */
export type Entry = { /** How many subagents deep. */ readonly depth: number } & (
  | {
      readonly kind: 'text';
      readonly messageId: string;
      readonly text: string;
      /** Claude's words on a failure. */ readonly failed: boolean;
    }
  | { readonly kind: 'thinking'; readonly messageId: string; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: string }
  | {
      readonly kind: 'result';
      readonly id: string;
      readonly name: string;
      readonly input: string;
      readonly failed: boolean;
      /** Milliseconds from call to result; null when the call was not seen. */
      readonly elapsed: number | null;
      readonly output: string;
    }
  | { readonly kind: 'notice'; readonly tone: Tone; readonly text: string }
);

export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;
