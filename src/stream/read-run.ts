import { worded } from '../errors.ts';
import { classify } from '../outcome/classify.ts';
import type { Evidence } from '../outcome/evidence.ts';
import { foldFacts, type StreamFacts } from '../outcome/facts.ts';
import type { Outcome } from '../outcome/outcome.ts';
import { makeReport, type RunFacts } from '../outcome/report.ts';
import type { Report } from '../outcome/report-schema.ts';
import { countIn, emptyTally, type Tally } from './tally.ts';
import type { Message, RunEvent } from '../messages/types.ts';
import { maskOf } from '../secrets/mask.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { mapStrings } from './map-strings.ts';
import { redact } from './redact.ts';
import type { Batch } from './stage.ts';

/** Reads one run of claude. */
export interface RunReader {
  /** The events of the run, redacted and whole. Read them once, to the end, before `conclude`. */
  events(): AsyncGenerator<Batch<RunEvent>, void, undefined>;
  /** The verdict on what was read, with what else is known of the ending. */
  conclude(ending: Omit<Evidence, 'facts'>, run: FactsAround): Conclusion;
}

/** What is known of a run from elsewhere than its stream. */
export interface FactsAround extends Omit<RunFacts, 'redactions'> {
  /** What was masked in the prompt; absent where that is not known. */
  readonly redactedInput?: Tally;
}

export interface Conclusion {
  readonly outcome: Outcome;
  readonly report: Report;
}

/** Reads a run of claude as it goes on, which may be started more than once. */
export interface LiveReader extends Pick<RunReader, 'conclude'> {
  /** The events of what comes next. Read one source to the end before the next. */
  events(messages: AsyncIterable<Batch<Message>>): AsyncGenerator<Batch<RunEvent>, void, undefined>;
  /** The facts so far, as claude told them: not for anybody's eyes. */
  facts(): StreamFacts;
  /** The verdict on them; not for anybody's eyes either. */
  judge(ending: Omit<Evidence, 'facts'>): Outcome;
}

/** Reads a run that is over. */
export function readRun(messages: AsyncIterable<Batch<Message>>, redactor: Redactor): RunReader {
  const { events, conclude } = readLive(redactor);
  return { events: () => events(messages), conclude };
}

/** Redaction and the fold over its events, in this order. */
export function readLive(redactor: Redactor): LiveReader {
  const fold = foldFacts();
  const redactions = emptyTally();
  const redacted = redact(
    redactor,
    () => Date.now(),
    (kind) => countIn(redactions, kind),
  );

  return {
    async *events(messages) {
      for await (const batch of redacted(messages)) {
        for (const event of batch) fold.see(event.message);
        yield batch;
      }
    },
    facts: () => fold.facts(),
    judge: (ending) => classify({ ...ending, facts: fold.facts() }),
    conclude(ending, run) {
      const { redactedInput, ...facts } = run;
      const counts = redactedInput === undefined ? redactions : { ...redactions, input: redactedInput };
      return concludeRun({ ...ending, facts: fold.facts() }, { ...facts, redactions: counts }, redactor);
    },
  };
}

/** The verdict and the report, in which no secret is left: whatever path a text took to get here, none goes further. */
export function concludeRun(evidence: Evidence, run: RunFacts, redactor: Redactor): Conclusion {
  const masked = maskOf(redactor);
  const { facts, stderr, fault, aftermath, remarks, servers, stopDetail, sessionFolder } = evidence;
  const clean: Evidence = {
    ...evidence,
    stderr: masked(stderr),
    ...(stopDetail == null ? {} : { stopDetail: masked(worded(stopDetail, evidence.nameOption)) }),
    ...(sessionFolder == null ? {} : { sessionFolder: masked(sessionFolder) }),
    ...(servers === undefined ? {} : { servers: mapStrings(servers, masked) }),
    ...(remarks === undefined ? {} : { remarks: remarks.map((remark) => masked(remark)) }),
    ...(aftermath === undefined ? {} : { aftermath: mapStrings(aftermath, masked) }),
    fault: fault && { ...fault, message: masked(fault.message) },
    // Put together from redacted pieces: a secret may have come in two of them.
    facts: { ...facts, answer: masked(facts.answer), notice: masked(facts.notice) },
  };
  const outcome = classify(clean);
  return { outcome, report: mapStrings(makeReport(clean, outcome, run), masked, { editKey: (key) => key }) };
}
