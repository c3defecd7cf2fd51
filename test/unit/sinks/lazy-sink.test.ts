import { describe, expect, it } from 'vitest';
import { lazySink } from '../../../src/sinks/lazy-sink.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import { event, message } from '../stream/messages.ts';
import { success } from './endings.ts';

const first = event(message('keep_alive'), 1);
const second = event(message('keep_alive'), 2);

describe('lazySink', () => {
  it('loads later, and loses none of the events that came before', async () => {
    const seen: unknown[] = [];
    let loaded = false;
    const sink = lazySink(async () => {
      loaded = true;
      return { write: (given) => void seen.push(given.sequence), close: () => void seen.push('closed') };
    });
    const write = sink.write(first);
    expect(loaded).toBe(false);
    await write;
    await sink.write(second);
    await sink.close(success());
    expect(seen).toEqual([1, 2, 'closed']);
  });

  it('asks for no wait once it is there, unless its sink does', async () => {
    const inner: Sink = { write() {}, close() {} };
    const sink = lazySink(async () => inner);
    await sink.write(first);
    expect(sink.write(second)).toBeUndefined();
  });

  it('is closed though nothing was written', async () => {
    const seen: string[] = [];
    await lazySink(async () => ({ write() {}, close: () => void seen.push('closed') })).close(success());
    expect(seen).toEqual(['closed']);
  });

  it('fails where its sink could not be loaded', async () => {
    const sink = lazySink(() => Promise.reject(new Error('no such module')));
    await expect(sink.write(first)).rejects.toThrow('no such module');
    await expect(sink.close(success())).rejects.toThrow('no such module');
  });

  it('passes on what its sink says', async () => {
    const sink = lazySink(async () => ({ write: () => Promise.reject(new Error('EPIPE')), close() {} }));
    await expect(sink.write(first)).rejects.toThrow('EPIPE');
    await expect(sink.write(second)).rejects.toThrow('EPIPE');
  });
});
