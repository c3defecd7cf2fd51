import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { keepMessages, sizeOfKept } from '../../../../src/servers/queries/kept-messages.ts';
import { createKeptRuns, type KeptRun } from '../../../../src/servers/queries/kept-runs.ts';
import { encodeEvent } from '../../../../src/sinks/stored-event.ts';
import { delta, event, message } from '../../stream/messages.ts';

const said = (sequence: number, length = 100) => event(message('keep_alive', { text: 'x'.repeat(length) }), sequence);
const ended = (runId: string, size = 0): KeptRun => ({
  runId,
  subject: 'local',
  sessionId: null,
  messages: [],
  total: 0,
  size,
});

describe('the messages of a run', () => {
  it('are kept from the newest back, as far as there is room', () => {
    fc.assert(
      fc.property(fc.nat(3_000), fc.array(fc.nat(1_000), { maxLength: 50 }), (bytes, lengths) => {
        const kept = keepMessages(bytes);
        const events = lengths.map((length, index) => said(index + 1, length));
        for (const event of events) kept.see(event);
        const all = events.map((event) => ({ sequence: event.sequence, line: Buffer.from(encodeEvent(event)) }));
        const messages = kept.messages();
        expect(messages).toEqual(all.slice(all.length - messages.length));
        expect(kept.total()).toBe(all.length);
        expect(kept.size()).toBe(messages.reduce((size, message) => size + sizeOfKept(message), 0));
        expect(kept.size()).toBeLessThanOrEqual(bytes);
        const before = all[all.length - messages.length - 1];
        expect(before === undefined || kept.size() + sizeOfKept(before) > bytes).toBe(true);
      }),
    );
  });

  it('do not hold pieces of partial messages', () => {
    const kept = keepMessages(1_000_000);
    kept.see(said(1));
    kept.see(event(delta('text', 'x'), 2));
    kept.see(said(3));
    expect(kept.messages().map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect(kept.total()).toBe(2);
  });
});

describe('runs that have ended', () => {
  it('are kept up to a number, the newest', () => {
    const kept = createKeptRuns({ runs: 2, bytes: 100, ageMs: 1_000 });
    for (const runId of ['a', 'b', 'c']) kept.keep(ended(runId));
    expect(['a', 'b', 'c', 'd'].map((runId) => kept.find(runId)?.runId)).toEqual([undefined, 'b', 'c', undefined]);
  });

  it('are kept up to a size', () => {
    const kept = createKeptRuns({ runs: 10, bytes: 100, ageMs: 1_000 });
    kept.keep(ended('a', 60));
    kept.keep(ended('b', 30));
    kept.keep(ended('c', 40));
    expect(['a', 'b', 'c'].map((runId) => kept.find(runId) !== null)).toEqual([false, true, true]);
  });

  it('are kept for a time', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const kept = createKeptRuns({ runs: 10, bytes: 100, ageMs: 1_000 });
    kept.keep(ended('a'));
    vi.advanceTimersByTime(600);
    kept.keep(ended('b'));
    expect(['a', 'b'].map((runId) => kept.find(runId) !== null)).toEqual([true, true]);
    vi.advanceTimersByTime(600);
    expect(['a', 'b'].map((runId) => kept.find(runId) !== null)).toEqual([false, true]);
  });

  it('are not kept at all where none may be', () => {
    const kept = createKeptRuns({ runs: 0, bytes: 100, ageMs: 1_000 });
    kept.keep(ended('a'));
    expect(kept.find('a')).toBeNull();
  });
});
