import { expect, it } from 'vitest';
import { createMemoryRuns } from '../../../../src/runs/memory/memory-runs.ts';
import { refusingRuns } from '../../../../src/servers/queries/refusing-runs.ts';
import { holdRuns } from './held-runs.ts';
import { LOCAL, serve } from './served.ts';

it('refuses messages that cannot be read now, and tells the operator why', async () => {
  const fault = new Error('redis://internal: it does not answer');
  const faults: unknown[] = [];
  const runs = createMemoryRuns({ runs: 10, bytes: 1024 * 1024, ageMs: 60_000 });
  const away = {
    ...runs,
    messages(): never {
      throw fault;
    },
  };
  const { run, nth } = holdRuns();
  const { queries } = serve({ run, runs: refusingRuns(away, (error) => void faults.push(error)) });
  const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
  (await nth(0)).finish();
  await queries.result(runId, LOCAL);
  await expect(queries.page(runId, LOCAL, 1, 10)).rejects.toMatchObject({
    errorCode: 'unavailable',
    details: { reason: 'runs_away', retryAfter: 2 },
  });
  expect(faults).toEqual([fault]);
});

it('gives whoever waits the answer of a run also where nothing can be looked up when it ends', async () => {
  const runs = createMemoryRuns({ runs: 10, bytes: 1024 * 1024, ageMs: 60_000 });
  const away = {
    ...runs,
    find(): never {
      throw new Error('it does not answer');
    },
  };
  const { run, nth } = holdRuns();
  const { ask } = serve({ run, runs: refusingRuns(away, () => {}) });
  const asked = ask();
  (await nth(0)).finish();
  expect(await asked).toMatchObject({ ending: { class: 'success' }, isKept: false });
});
