import type { Edit } from './describe-edit.ts';
import type { FirstLines } from './first-lines.ts';
import type { Tone } from './notice.ts';

/** One thing to show; what the messages of a run come down to for a reader. */
export type Entry = {
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** The call of the subagent that it belongs to; null in the main thread. */
  readonly thread: string | null;
  /** How many subagents deep. */
  readonly depth: number;
} & (
  | {
      readonly kind: 'text';
      readonly messageId: string;
      readonly text: string;
      /** Whether these are claude's own words, in place of the model's: on a failure, or what a slash command says. */
      readonly own: boolean;
      readonly failed: boolean;
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
      readonly output: FirstLines;
      /** What it changed in a file, if that is known; null for all else. */
      readonly edit: Edit | null;
    }
  | {
      readonly kind: 'notice';
      readonly tone: Tone;
      readonly text: string;
      /** The call that it stands for the result of. */
      readonly denies?: string;
    }
  /** Small facts that belong together, each to be kept whole. */
  | { readonly kind: 'facts'; readonly facts: readonly string[] }
);

export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;
