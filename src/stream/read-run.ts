import { classify } from '../messages/classify.ts';
import type { Evidence } from '../messages/evidence.ts';
import { foldFacts, type StreamFacts } from '../messages/facts.ts';
import type { Outcome } from '../messages/outcome.ts';
import { makeReport, type RunFacts } from '../messages/report.ts';
import type { Report } from '../messages/report-schema.ts';
import type { Message, RunEvent } from '../messages/types.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { decode } from './decode.ts';
import { mapStrings } from './map-strings.ts';
import { redact } from './redact.ts';
import type { Line } from './split-lines.ts';
import type { Batch } from './stage.ts';

/** Reads one run of claude. */
export interface RunReader {
  /** The events of the run, redacted and whole. Read them once, to the end, before `conclude`. */
  events(): AsyncGenerator<Batch<RunEvent>, void, undefined>;
  /** The verdict on what was read, with what else is known of the ending. */
  conclude(ending: Omit<Evidence, 'facts'>, run: Omit<RunFacts, 'redactions'>): Conclusion;
}

export interface Conclusion {
  readonly outcome: Outcome;
  readonly report: Report;
}

/** Messages, redaction and the fold over them, in this order. `observe` sees each message before redaction. */
export function readRun(
  lines: AsyncIterable<Batch<Line>>,
  redactor: Redactor,
  observe: (message: Message) => void,
): RunReader {
  const fold = foldFacts();
  const redactions: Record<string, number> = {};
  const redacted = redact(
    redactor,
    () => Date.now(),
    (kind) => {
      redactions[kind] = (redactions[kind] ?? 0) + 1;
    },
  );

  async function* observed(): AsyncGenerator<Batch<Message>, void, undefined> {
    for await (const batch of decode(lines)) {
      batch.forEach(observe);
      yield batch;
    }
  }

  /** Texts that were put together from redacted pieces: a secret may have come in two of them. */
  function joinedAgain(facts: StreamFacts): StreamFacts {
    return { ...facts, answer: redactor.redact(facts.answer).text, notice: redactor.redact(facts.notice).text };
  }

  return {
    async *events() {
      for await (const batch of redacted(observed())) {
        for (const event of batch) fold.see(event.message);
        yield batch;
      }
    },
    conclude(ending, run) {
      const evidence: Evidence = {
        ...ending,
        stderr: redactor.redact(ending.stderr).text,
        fault: ending.fault && { ...ending.fault, message: redactor.redact(ending.fault.message).text },
        facts: joinedAgain(fold.facts()),
      };
      const outcome = classify(evidence);
      const total = sum(redactions);
      const report = makeReport(evidence, outcome, { ...run, redactions: { total, byKind: redactions } });
      // Whatever path a text took to get here, no secret goes further.
      return { outcome, report: mapStrings(report, (text) => redactor.redact(text).text, { editKey: (key) => key }) };
    },
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
