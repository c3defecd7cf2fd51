import { describe, expect, it, vi } from 'vitest';
import type { Decision, ToolCall } from '../../../../src/run.ts';
import type { Caller } from '../../../../src/servers/caller.ts';
import { parkedQueries, type Step } from '../../../../src/servers/mcp/approvals/parked-queries.ts';
import type { Answer, Follower } from '../../../../src/servers/queries.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';

const ADA: Caller = { subject: 'ada', transport: 'http', protocol: 'mcp', client: null };
const REQUEST = { prompt: 'make it' };
const OVER = { isKept: false } as Answer;

const callOf = (command: string): ToolCall => ({
  id: command,
  tool: 'Bash',
  input: { command },
  digest: `sha256:${command}`,
  reason: null,
  shown: command,
});

/** Queries whose runs do as they are told. */
function queries(run: (approve: NonNullable<Follower['approve']>, signal: AbortSignal) => Promise<unknown>) {
  const seen: { signal?: AbortSignal; decisions: unknown } = { decisions: null };
  const parked = parkedQueries({
    async ask(_request, _caller, { approve = () => expect.unreachable() }, signal) {
      seen.signal = signal;
      seen.decisions = await run(approve, signal);
      return OVER;
    },
  });
  return { parked, seen };
}

const still = (): AbortSignal => new AbortController().signal;

function askedOf(step: Step) {
  if (step.kind !== 'asked') throw new Error('it was answered');
  return { state: step.state, ids: [...step.approvals.keys()], calls: [...step.approvals.values()] };
}

const yes = (): Decision => ({ behavior: 'allow', by: 'ada' });

describe('a query that asks', () => {
  it('asks for approvals, goes on with the answers, and asks again', async () => {
    const { parked, seen } = queries(async (approve) => {
      const first = await approve(callOf('one'), still());
      return [first, await approve(callOf('two'), still())];
    });
    const first = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    expect(first.calls).toEqual([callOf('one')]);
    const second = askedOf(await parked.goOn(first.state, yes, REQUEST, ADA, {}, still()));
    expect(second).toMatchObject({ state: first.state, calls: [callOf('two')] });
    const no: Decision = { behavior: 'deny', by: 'ada' };
    expect(await parked.goOn(first.state, () => no, REQUEST, ADA, {}, still())).toEqual({
      kind: 'answered',
      answer: OVER,
    });
    expect(seen.decisions).toEqual([yes(), no]);
    await expect(parked.goOn(first.state, yes, REQUEST, ADA, {}, still())).rejects.toMatchObject({
      errorCode: 'not_found',
    });
  });

  it('asks once more what was not answered', async () => {
    const { parked } = queries((approve) =>
      Promise.all(['a', 'b'].map(async (name) => approve(callOf(name), still()))),
    );
    const { state, ids } = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    expect(ids).toHaveLength(2);
    const rest = askedOf(
      await parked.goOn(state, (id) => (id === ids[0] ? yes() : undefined), REQUEST, ADA, {}, still()),
    );
    expect(rest.ids).toEqual([ids[1]]);
  });

  it.each([
    ['another caller', 'not_found', REQUEST, { ...ADA, subject: 'eve' }],
    ['another request', 'not_found', { prompt: 'break it' }, ADA],
  ])('is not gone on with by %s', async (_, errorCode, request, caller) => {
    const { parked, seen } = queries(async (approve) => approve(callOf('one'), still()));
    const { state } = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    await expect(parked.goOn(state, yes, request, caller, {}, still())).rejects.toMatchObject({ errorCode });
    expect(seen.decisions).toBeNull();
  });

  it('is gone on with by one call at a time', async () => {
    const { parked } = queries(async (approve) => {
      await approve(callOf('one'), still());
      return new Promise(() => {});
    });
    const { state } = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    void parked.goOn(state, yes, REQUEST, ADA, {}, still());
    await expect(parked.goOn(state, yes, REQUEST, ADA, {}, still())).rejects.toMatchObject({ errorCode: 'conflict' });
  });

  it('is given up where nobody comes back in time', async () => {
    const time = new AbortController();
    const { parked, seen } = queries(async (approve) => approve(callOf('one'), time.signal));
    const { state } = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    time.abort();
    expect(seen.signal?.reason).toBe('disconnected');
    await expect(parked.goOn(state, yes, REQUEST, ADA, {}, still())).rejects.toMatchObject({ errorCode: 'not_found' });
  });

  it('is given up by the call that goes on with it', async () => {
    const call = new AbortController();
    const { parked } = queries(async (approve, signal) => {
      await approve(callOf('one'), still());
      await vi.waitFor(() => expect(signal.aborted).toBe(true));
      throw new Refusal('unavailable', String(signal.reason));
    });
    const { state } = askedOf(await parked.ask(REQUEST, ADA, {}, still()));
    const going = parked.goOn(state, yes, REQUEST, ADA, {}, call.signal);
    call.abort('cancelled');
    await expect(going).rejects.toThrow('cancelled');
  });

  it('asks nobody about a call that is too long to be shown', async () => {
    const { parked, seen } = queries(async (approve) => approve(callOf('x'.repeat(30_000)), still()));
    expect(await parked.ask(REQUEST, ADA, {}, still())).toEqual({ kind: 'answered', answer: OVER });
    expect(seen.decisions).toMatchObject({ behavior: 'deny' });
  });
});
