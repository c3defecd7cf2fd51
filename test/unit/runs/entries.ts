import type { NewRun } from '../../../src/runs/run-entry.ts';

let count = 0;

/** A run as it is submitted, of an id of its own. */
export function newRun(fields: Partial<NewRun> = {}): NewRun {
  const nth = String(++count).padStart(12, '0');
  return {
    runId: `11111111-2222-4333-8444-${nth}`,
    subject: 'local',
    asked: { request: { prompt: 'Why?' } },
    givenOut: { maxMessages: 100, maxChars: 20_000, noSystemMessages: false },
    labels: {},
    key: null,
    digest: 'sha256:1',
    sessionId: null,
    receivedAt: '2026-11-21T03:00:00.000Z',
    callback: null,
    ...fields,
  };
}
