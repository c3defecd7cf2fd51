import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it, vi } from 'vitest';
import { drain } from '../../../src/claude/stderr-tail.ts';

describe('drain', () => {
  it('keeps all of a little', async () => {
    const stream = new PassThrough();
    const tail = drain(stream);
    stream.write('one\n');
    stream.end('two ä\n');
    await tail.ended(60_000);
    expect(tail.text()).toBe('one\ntwo ä\n');
  });

  it('keeps the end of a lot, and never lets its writer wait', async () => {
    const stream = new PassThrough();
    const tail = drain(stream);
    for (let line = 0; line < 50_000; line++) stream.write(`line ${line}\n`);
    stream.end();
    await finished(stream);
    expect(tail.text().endsWith('line 49998\nline 49999\n')).toBe(true);
    expect(Buffer.byteLength(tail.text())).toBeLessThanOrEqual(64 * 1024);
  });

  it('gives up waiting for a stream that a grandchild holds open', async () => {
    vi.useFakeTimers();
    const stream = new PassThrough();
    const tail = drain(stream);
    stream.write('last words');
    const ended = tail.ended(500);
    await vi.advanceTimersByTimeAsync(500);
    await ended;
    vi.useRealTimers();
    expect(tail.text()).toBe('last words');
    expect(stream.destroyed).toBe(true);
  });

  it('survives a stream that breaks', async () => {
    const stream = new PassThrough();
    const tail = drain(stream);
    stream.write('before');
    stream.destroy(new Error('EIO'));
    await tail.ended(60_000);
    expect(typeof tail.text()).toBe('string');
  });
});
