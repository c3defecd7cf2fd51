import { describe, expect, it } from 'vitest';
import { createHandOver } from '../../../src/sinks/hand-over.ts';
import { event, message } from '../stream/messages.ts';
import { success } from './endings.ts';

const numbered = (sequence: number) => event(message('keep_alive'), sequence);

describe('a hand-over', () => {
  it('gives each event to the loop, and is written to again once it was taken', async () => {
    const handOver = createHandOver();
    const writing = (async () => {
      for (const number of [1, 2, 3]) await handOver.write(numbered(number));
      await handOver.close(success());
    })();
    const taken: number[] = [];
    for await (const { sequence } of handOver.events()) taken.push(sequence);
    await writing;
    expect(taken).toEqual([1, 2, 3]);
  });

  it('makes the writer wait while the loop takes its time', async () => {
    const handOver = createHandOver();
    const events = handOver.events();
    let isTaken = false;
    const writing = Promise.resolve(handOver.write(numbered(1))).then(() => (isTaken = true));
    await new Promise(setImmediate);
    expect(isTaken).toBe(false);
    expect((await events.next()).value).toEqual(numbered(1));
    expect(await writing).toBe(true);
  });

  it('ends the loop that waits when it is closed', async () => {
    const handOver = createHandOver();
    const next = handOver.events().next();
    await handOver.close(success());
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('keeps nobody waiting once the loop was left', async () => {
    const handOver = createHandOver();
    const writing = handOver.write(numbered(1));
    handOver.leave();
    await expect(writing).resolves.toBeUndefined();
    expect(handOver.write(numbered(2))).toBeUndefined();
  });
});
