import type { Ending } from '../sink.ts';
import type { Entry } from './entry.ts';

/** Remembers what of the answer has been printed, so that the end of a run can print what has not. */
export interface AnswerShown {
  /** Notes an entry that has been printed. */
  note(entry: Entry): void;
  /** What is still to be printed: the answer if none of it was, and the structured output. */
  missing(report: Ending['report']): readonly string[];
}

/** The answer counts as printed when there was text of the main thread after its last tool result, or that very text before. */
export function followAnswer(): AnswerShown {
  let turn = '';
  let lastTurn = '';
  return {
    note(entry) {
      if (entry.depth > 0) return;
      if (entry.kind === 'text') turn += entry.text;
      else if (entry.kind === 'result' && turn !== '') {
        lastTurn = turn;
        turn = '';
      }
    },
    missing({ result }) {
      const json = result.structured === undefined ? null : JSON.stringify(result.structured, null, 2);
      const summary = result.summary.trim();
      const shown =
        summary === '' || turn.trim() !== '' || lastTurn.includes(summary) || isSame(summary, result.structured);
      return [...(shown ? [] : [summary]), ...(json === null ? [] : [json])];
    },
  };
}

/** Claude 2.1.197 repeats a structured output as the result's text. */
function isSame(summary: string, structured: unknown): boolean {
  return structured !== undefined && summary === JSON.stringify(structured);
}
