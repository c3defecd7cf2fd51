import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it, vi } from 'vitest';
import { drain } from '../../../../src/claude/output/stderr-tail.ts';

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
    for (let line = 0; line < 2000; line++) stream.write(`${'x'.repeat(90)} line ${line}\n`);
    stream.end();
    await finished(stream);
    expect(tail.text()).toMatch(/ line 1998\nx{90} line 1999\n$/);
    expect(tail.text()).toMatch(/^x{90} line \d+\n/);
    expect(Buffer.byteLength(tail.text())).toBeLessThanOrEqual(64 * 1024);
  });

  it('keeps no half of a line, which could be half a secret', async () => {
    const stream = new PassThrough();
    const tail = drain(stream);
    stream.write(`${'x'.repeat(70_000)}\n`);
    stream.write('the end\n');
    stream.end();
    await finished(stream);
    expect(tail.text()).toBe('the end\n');
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
