import { describe, expect, it, vi } from 'vitest';
import { createLineQueue, type LineQueue } from '../../../src/system/line-queue.ts';

interface Disk {
  readonly queue: LineQueue;
  readonly lines: string[];
  readonly faults: unknown[];
  readonly losses: number[];
  /** What goes wrong with each write from now on. */
  fails(error: Error | null): void;
}

function queueTo({ room = 1_000, retryMs = 1 } = {}): Disk {
  const lines: string[] = [];
  const faults: unknown[] = [];
  const losses: number[] = [];
  let fault: Error | null = null;
  let isWriting = false;
  async function append(line: string): Promise<void> {
    expect(isWriting).toBe(false);
    isWriting = true;
    await new Promise(setImmediate);
    isWriting = false;
    if (fault !== null) throw fault;
    lines.push(line);
  }
  const queue = createLineQueue(append, {
    onFault: (error) => void faults.push(error),
    onLoss: (count) => void losses.push(count),
    gap: (count) => `${count} missing\n`,
    retryMs,
    room,
  });
  return { queue, lines, faults, losses, fails: (error) => void (fault = error) };
}

const full = new Error('ENOSPC: no space left on device, write');
const NEVER = 2 ** 31 - 1;

describe('a queue of lines', () => {
  it('writes them one after the other, in order, however many come at once', async () => {
    const { queue, lines, losses } = queueTo({ room: 100_000 });
    const all = Array.from({ length: 500 }, (_, index) => `line ${index}\n`);
    for (const line of all) queue.write(line);
    await queue.close();
    expect(lines).toEqual(all);
    expect(losses).toEqual([]);
  });

  it('writes at once, not only when it is closed', async () => {
    const { queue, lines } = queueTo();
    queue.write('a\n');
    await vi.waitFor(() => expect(lines).toEqual(['a\n']));
    queue.write('b\n');
    await vi.waitFor(() => expect(lines).toEqual(['a\n', 'b\n']));
  });

  it('keeps what cannot be written until it can be, and tells the fault once', async () => {
    const { queue, lines, faults, losses, fails } = queueTo();
    fails(full);
    for (const line of ['a\n', 'b\n', 'c\n']) queue.write(line);
    await vi.waitFor(() => expect(faults).toEqual([full]));
    queue.write('d\n');
    fails(null);
    await vi.waitFor(() => expect(lines).toEqual(['a\n', 'b\n', 'c\n', 'd\n']));
    expect(faults).toEqual([full]);
    await queue.close();
    expect(losses).toEqual([]);
  });

  it('tells of a second fault when lines were written in between', async () => {
    const { queue, lines, faults, fails } = queueTo();
    fails(full);
    queue.write('a\n');
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    fails(null);
    await vi.waitFor(() => expect(lines).toEqual(['a\n']));
    fails(full);
    queue.write('b\n');
    await vi.waitFor(() => expect(faults).toHaveLength(2));
    await queue.close();
  });

  it('says in their place how many lines there was no room for', async () => {
    const { queue, lines, faults, fails } = queueTo({ room: 10 });
    fails(full);
    for (const line of ['1234\n', '5678\n', 'a\n', 'b\n', 'c\n']) queue.write(line);
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    fails(null);
    await vi.waitFor(() => expect(lines).toEqual(['1234\n', '5678\n']));
    queue.write('d\n');
    await queue.close();
    expect(lines).toEqual(['1234\n', '5678\n', '3 missing\n', 'd\n']);
  });

  it('says so at the end where no other line follows', async () => {
    const { queue, lines } = queueTo({ room: 5 });
    for (const line of ['1234\n', 'a\n']) queue.write(line);
    await queue.close();
    expect(lines).toEqual(['1234\n', '1 missing\n']);
  });

  it('tries once more when it is closed, without waiting for the next try', async () => {
    const { queue, lines, faults, losses, fails } = queueTo({ retryMs: NEVER });
    fails(full);
    queue.write('a\n');
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    fails(null);
    await queue.close();
    expect(lines).toEqual(['a\n']);
    expect(losses).toEqual([]);
  });

  it('gives up then, and tells how many lines are lost', async () => {
    const { queue, faults, losses, fails } = queueTo({ retryMs: NEVER });
    fails(full);
    for (const line of ['a\n', 'b\n', 'c\n']) queue.write(line);
    await queue.close();
    expect(faults).toEqual([full]);
    expect(losses).toEqual([3]);
  });
});
