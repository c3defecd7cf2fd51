import type { RunEvent } from '../messages/types.ts';
import { foldSpans, type SpanFold } from './timeline/spans.ts';
import { foldTurns, type TurnFold } from './timeline/turns.ts';
import { foldTranscript, type Transcript } from './transcript/fold-transcript.ts';

/** All that the page tells of a run is made of its events, each seen once and in order. */
export interface RunModel {
  readonly transcript: Transcript;
  readonly spans: Pick<SpanFold, 'spans'>;
  readonly turns: Pick<TurnFold, 'turns'>;
  see(event: RunEvent): void;
  /** A piece of a message that follows whole; it can't be had again. */
  piece(event: RunEvent): void;
}

/** Starts before the first event. */
export function createRunModel(): RunModel {
  const folds = [foldTranscript(), foldSpans(), foldTurns()] as const;
  const [transcript, spans, turns] = folds;
  return {
    transcript,
    spans,
    turns,
    see(event) {
      for (const fold of folds) fold.see(event);
    },
    piece(event) {
      transcript.piece(event);
      turns.see(event);
    },
  };
}
