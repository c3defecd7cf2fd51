import type { Ending } from '../sink.ts';

/** Remembers what of the answer has been printed, so that the end of a run can print what has not. */
export interface AnswerShown {
  /** Notes text of the main thread, whole or a piece of it. */
  add(text: string): void;
  /** Notes a result of a tool in the main thread. */
  endTurn(): void;
  /** What is still to be printed. */
  missing(report: Ending['report']): Missing;
}

interface Missing {
  /** The answer, if none of it was printed. */
  readonly answer: string | null;
  /** The structured output. */
  readonly json: string | null;
}

/** The answer counts as printed when there was text of the main thread after its last tool result, or that very text before. */
export function followAnswer(): AnswerShown {
  let turn = '';
  let lastTurn = '';
  return {
    add(text) {
      turn += text;
    },
    endTurn() {
      if (turn === '') return;
      lastTurn = turn;
      turn = '';
    },
    missing({ result }) {
      const summary = result.summary.trim();
      const shown =
        summary === '' || turn.trim() !== '' || lastTurn.includes(summary) || isSame(summary, result.structured);
      return {
        answer: shown ? null : summary,
        json: result.structured === undefined ? null : JSON.stringify(result.structured, null, 2),
      };
    },
  };
}

/** Claude 2.1.197 repeats a structured output as the result's text. */
function isSame(summary: string, structured: unknown): boolean {
  return structured !== undefined && summary === JSON.stringify(structured);
}
