import { describe, expect, it } from 'vitest';
import { createHandOver, type HandOver } from '../../../src/sinks/hand-over.ts';
import { event, message } from '../stream/messages.ts';
import { success } from './endings.ts';

const numbered = (sequence: number) => event(message('keep_alive'), sequence);

/** Writes events as a queue does, and tells how many were taken so far. */
function writeTo(handOver: HandOver, count: number): { readonly written: Promise<void>; taken(): number } {
  let taken = 0;
  const written = (async () => {
    for (let number = 1; number <= count; number++) {
      await handOver.write(numbered(number));
      taken = number;
    }
    await handOver.close(success());
  })();
  return { written, taken: () => taken };
}

describe('a hand-over', () => {
  it('gives the loop every event in order', async () => {
    const handOver = createHandOver();
    const { written } = writeTo(handOver, 100);
    const taken: number[] = [];
    for await (const { sequence } of handOver.events()) taken.push(sequence);
    await written;
    expect(taken).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('gives an event as soon as it comes', async () => {
    const handOver = createHandOver();
    const next = handOver.events().next();
    void handOver.write(numbered(1));
    expect((await next).value).toEqual(numbered(1));
  });

  it('makes the writer wait while the loop takes its time', async () => {
    const handOver = createHandOver();
    const events = handOver.events();
    const { taken } = writeTo(handOver, 1_000);
    expect((await events.next()).value).toEqual(numbered(1));
    await new Promise(setImmediate);
    expect(taken()).toBeLessThan(50);
  });

  it('ends the loop that waits when it is closed', async () => {
    const handOver = createHandOver();
    const next = handOver.events().next();
    await handOver.close(success());
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('keeps nobody waiting once the loop was left', async () => {
    const handOver = createHandOver();
    const { written } = writeTo(handOver, 1_000);
    handOver.leave();
    await expect(written).resolves.toBeUndefined();
  });
});
