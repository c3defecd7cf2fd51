import { classify } from '../../../src/outcome/classify.ts';
import { makeReport } from '../../../src/outcome/report.ts';
import type { Output } from '../../../src/sinks/output.ts';
import type { Ending } from '../../../src/sinks/sink.ts';
import { assistant, evidence, init, result } from '../outcome/evidence.ts';

const RUN = {
  runId: '11111111-2222-4333-8444-555555555555',
  startedAt: '2026-11-21T03:00:00.000Z',
  executionTime: 1500,
  path: '/usr/bin/claude',
  redactions: { total: 0, byKind: {} },
};

/** How a run ended with the given evidence. */
export function endingOf(...given: Parameters<typeof evidence>): Ending {
  const all = evidence(...given);
  const outcome = classify(all);
  return { ...outcome, report: makeReport(all, outcome, RUN), clipped: { strings: 0, characters: 0 } };
}

export const success = (text = 'All is well.'): Ending => endingOf([init(), assistant(text), result({ result: text })]);

export const crash = (): Ending =>
  endingOf([init(), assistant('Half an ans')], { exit: { code: 1, signal: null }, stderr: 'boom' });

/** An output that keeps what is written to it. */
export function memory(): Output & { readonly writes: string[]; text(): string } {
  const writes: string[] = [];
  return { writes, write: (text) => void writes.push(text), text: () => writes.join('') };
}

/** An error of the system's. */
export const systemError = (code: string): Error => Object.assign(new Error(`${code}: it broke`), { code });
