import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openAnswers } from '../../../../src/runs/answers/answers.ts';
import { KEPT_ON_DISK } from '../../../../src/runs/run-index.ts';
import { VERSION } from '../../../../src/version.ts';
import { begin, FAKE_CLAUDE, type Step, succeed } from '../../../support/fake.ts';
import { processesOf } from '../../../support/processes.ts';
import { gatedSink } from '../../sinks/gated-sink.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { LOCAL, serve, type Served, type Serving } from './served.ts';

const PATIENCE = { timeout: 30_000 };

/** Queries that a fake claude carries out, one at a time. */
function serveFake(...steps: readonly Step[]): Served {
  return serve(fake(...steps));
}

function fake(...steps: readonly Step[]): Serving {
  return {
    env: { PATH: process.env['PATH'], FAKE_CLAUDE: JSON.stringify(steps) },
    policy: { env: ['FAKE_CLAUDE'], request: { claudePath: FAKE_CLAUDE } },
    limits: { maxRuns: 1 },
  };
}

/** What a tool left running, which is claude's to end, or ours. */
const leaveSomething: Step = { spawn: '> started; exec sleep 600' };

async function somethingRunsIn(folder: string): Promise<void> {
  await vi.waitFor(() => expect(existsSync(join(folder, 'started'))).toBe(true), PATIENCE);
}

describe('a query that claude carries out', { timeout: 60_000 }, () => {
  it('answers with its bundle, and keeps its messages', async () => {
    const { ask, queries, told, root } = serveFake(...begin, ...succeed);
    const { ending, bundle } = await ask();
    expect([ending.class, bundle.result.summary]).toEqual(['success', 'done']);
    expect(bundle.claude.cwd).toBe(root);
    expect(bundle.runId).toBe(told.started[0]?.runId);
    expect((await queries.page(bundle.runId, LOCAL, 1, 100)).messages).toEqual(bundle.messages);
    expect(told.ended[0]?.firstMessageMs).toBeGreaterThan(0);
  });

  it("is answered as an earlier one of the same caller's, unless it is to be fresh", async () => {
    const answers = openAnswers({
      folder: temporaryFolder(),
      version: VERSION,
      maxAgeMs: 60_000,
      limits: KEPT_ON_DISK,
      onFault: expect.unreachable,
    });
    const { ask, queries, told } = serve({ ...fake(...begin, ...succeed), answers });
    const first = await ask({}, { subject: 'ada' });
    const again = await ask({}, { subject: 'ada' });
    expect(again.bundle).toMatchObject({
      cached: { runId: first.bundle.runId },
      totalCostUsd: 0,
      result: { summary: 'done' },
    });
    expect((await queries.page(again.bundle.runId, { ...LOCAL, subject: 'ada' }, 1, 100)).messages).toHaveLength(
      first.bundle.messages.length,
    );
    expect((await ask({}, { subject: 'bob' })).bundle.cached).toBeUndefined();
    const caller = { ...LOCAL, subject: 'ada' };
    const fresh = await queries.ask({ prompt: 'hi' }, caller, {}, new AbortController().signal, { fresh: true });
    expect(fresh.bundle.cached).toBeUndefined();
    expect(told.ended.map(({ ending }) => ending?.report.cached !== undefined)).toEqual([false, true, false, false]);
  });

  it('leaves nothing running when it is cancelled', async () => {
    const { ask, queries, told, root } = serveFake(...begin, { say: 'Half' }, leaveSomething, { interrupt: true });
    const stop = new AbortController();
    const asked = ask({}, {}, {}, stop.signal);
    await somethingRunsIn(root);
    await vi.waitFor(() => expect(queries.active()).toMatchObject([{ phase: 'running', turns: 1 }]), PATIENCE);
    stop.abort('cancelled');
    const { ending, bundle } = await asked;
    expect(processesOf(root)).toEqual(new Map());
    expect([ending.class, bundle.partial, bundle.result.summary]).toEqual(['interrupted', true, 'Half']);
    expect([told.ended[0]?.ended, queries.active()]).toEqual(['cancelled', []]);
  });

  it('leaves nothing running when it is cancelled while claude starts', async () => {
    const { ask, queries, told, root } = serveFake({ prompt: true }, leaveSomething, { interrupt: true });
    const stop = new AbortController();
    const asked = ask({}, {}, {}, stop.signal);
    await somethingRunsIn(root);
    expect(queries.active()).toMatchObject([{ phase: 'starting', sessionId: null, turns: 0 }]);
    stop.abort('disconnected');
    expect((await asked).ending.class).toBe('interrupted');
    expect(processesOf(root)).toEqual(new Map());
    expect(told.ended).toMatchObject([{ ended: 'disconnected', ending: { class: 'interrupted' } }]);
  });

  it('leaves nothing running when the server is closed in a hurry', async () => {
    const { ask, queries, told, root } = serveFake({ ignore: ['SIGINT', 'SIGTERM'] }, ...begin, leaveSomething, {
      hang: true,
    });
    const asked = ask();
    await somethingRunsIn(root);
    const closing = queries.close();
    await queries.close();
    await closing;
    expect(processesOf(root)).toEqual(new Map());
    expect((await asked).ending.evidence.signal).toBe('SIGKILL');
    expect(told.ended[0]?.ended).toBe('shutdown');
  });

  it('is out of time when it asked for less than it needs', async () => {
    const { ask, told } = serveFake(...begin, { say: 'Half' }, { interrupt: true });
    const { ending } = await ask({ timeoutMs: 1_000 });
    expect([ending.class, told.ended[0]?.ended]).toEqual(['timeout', 'timeout']);
  });

  it('makes room for the next one though its follower stalls', async () => {
    const { ask, told } = serveFake(...begin, ...succeed);
    const sink = gatedSink();
    const stalled = ask({}, {}, { sink });
    expect((await ask()).ending.class).toBe('success');
    expect([told.ended.length, sink.taken.length]).toEqual([2, 0]);
    sink.open();
    const { ending, bundle } = await stalled;
    expect([ending.class, ending.warnings]).toEqual(['success', []]);
    expect(sink.taken).toEqual(bundle.messages);
  });

  it('fails in the open where there is no claude', async () => {
    const { ask, told } = serve({ policy: { request: { claudePath: '/nowhere/claude' } } });
    const { ending } = await ask();
    expect(ending.class).toBe('claude_not_found');
    expect(told.ended).toMatchObject([{ ended: 'finished', firstMessageMs: null }]);
  });
});
