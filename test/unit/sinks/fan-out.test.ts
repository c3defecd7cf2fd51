import { describe, expect, it } from 'vitest';
import { fanOut as fanOutWith, type Patience } from '../../../src/sinks/fan-out.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import { event, message } from '../stream/messages.ts';
import { success } from './endings.ts';

const whole = event(message('hologram', { text: 'whole' }));
const clipped = event(message('hologram', { text: 'clipped' }));

type OnFailure = Parameters<typeof fanOutWith>[1];

const endless: Patience = (wait) => wait;
const fanOut = (sinks: readonly Sink[], onFailure: OnFailure, patience = endless) =>
  fanOutWith(sinks, onFailure, patience);

/** A sink that writes down what happens to it. */
function diary(name: string, entries: string[], own: Partial<Sink> = {}): Sink {
  return { write: () => void entries.push(`${name} write`), close: () => void entries.push(`${name} close`), ...own };
}

const fail = (text: string) => () => {
  throw new Error(text);
};

describe('fanOut', () => {
  it('gives every event to every sink in order, and closes them in reverse', async () => {
    const entries: string[] = [];
    const fan = fanOut([diary('a', entries), diary('b', entries)], () => {});
    expect(fan.write(whole, clipped)).toBeUndefined();
    await fan.close(success());
    expect(entries).toEqual(['a write', 'b write', 'b close', 'a close']);
  });

  it('gives each the form that it asks for', () => {
    const seen: unknown[] = [];
    const write = (given: unknown) => void seen.push(given);
    void fanOut(
      [
        { write, close() {} },
        { whole: true, write, close() {} },
      ],
      () => {},
    ).write(whole, clipped);
    expect(seen).toEqual([clipped, whole]);
  });

  it('waits for those that ask for it, and for no others', async () => {
    const entries: string[] = [];
    let release = (): void => {};
    const slow: Sink = {
      write: () =>
        new Promise<void>((resolve) => {
          release = () => {
            entries.push('slow done');
            resolve();
          };
        }),
      close() {},
    };
    const fan = fanOut([slow, diary('quick', entries)], () => {});
    const wait = fan.write(whole, clipped);
    const after = wait?.then(() => entries.push('waited'));
    expect(entries).toEqual(['quick write']);
    release();
    await after;
    expect(entries).toEqual(['quick write', 'slow done', 'waited']);
  });

  it.each([
    ['throws', fail('full')],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('goes on without a sink that %s, tells of it once, and closes it all the same', async (_, write) => {
    const entries: string[] = [];
    const told: string[] = [];
    const broken = diary('broken', entries, { write });
    const fan = fanOut(
      [broken, diary('good', entries)],
      (sink, error) => void told.push(`${sink === broken}: ${String(error)}`),
    );
    await fan.write(whole, clipped);
    await fan.write(whole, clipped);
    await fan.close(success());
    expect(entries).toEqual(['good write', 'good write', 'good close', 'broken close']);
    expect(told).toEqual(['true: Error: full']);
  });

  it('tells of a sink that fails when it is closed, and closes the others', async () => {
    const entries: string[] = [];
    const told: unknown[] = [];
    const sinks = [diary('a', entries), diary('b', entries, { close: fail('late') }), diary('c', entries)];
    const fan = fanOut(sinks, (sink) => void told.push(sinks.indexOf(sink)));
    await fan.close(success());
    expect(entries).toEqual(['c close', 'a close']);
    expect(told).toEqual([1]);
  });

  it('tells only the first failure of a sink', async () => {
    const told: string[] = [];
    const broken: Sink = { write: fail('first'), close: fail('second') };
    const fan = fanOut([broken], (_, error) => void told.push(String(error)));
    await fan.write(whole, clipped);
    await fan.close(success());
    expect(told).toEqual(['Error: first']);
  });

  it('closes one sink after the other', async () => {
    const entries: string[] = [];
    const slow = (name: string): Sink => ({
      write() {},
      async close() {
        entries.push(`${name} begins`);
        await Promise.resolve();
        entries.push(`${name} ends`);
      },
    });
    await fanOut([slow('a'), slow('b')], () => {}).close(success());
    expect(entries).toEqual(['b begins', 'b ends', 'a begins', 'a ends']);
  });

  it('gives up a sink that takes longer than there is patience for', async () => {
    const told: string[] = [];
    const entries: string[] = [];
    const stuck: Sink = { write: () => new Promise(() => {}), close: () => new Promise(() => {}) };
    const impatient: Patience = () => Promise.reject(new Error('too long'));
    const fan = fanOut([stuck, diary('good', entries)], (_, error) => void told.push(String(error)), impatient);
    await fan.write(whole, clipped);
    await fan.write(whole, clipped);
    await fan.close(success());
    expect(told).toEqual(['Error: too long']);
    expect(entries).toEqual(['good write', 'good write', 'good close']);
  });

  it('needs no sinks', async () => {
    const fan = fanOut([], () => {});
    expect(fan.write(whole, clipped)).toBeUndefined();
    await expect(fan.close(success())).resolves.toBeUndefined();
  });
});
