import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/messages/types.ts';
import { type Backlog, createBacklog, MEMORY_BOUND } from '../../../src/sinks/backlog/backlog.ts';
import { event, message } from '../stream/messages.ts';
import { memoryFile } from './spill-files.ts';

const HALF = 'x'.repeat(MEMORY_BOUND / 2);
const small = (sequence: number): RunEvent => event(message('keep_alive'), sequence);
const huge = (sequence: number): RunEvent => event(message('keep_alive', { text: HALF }), sequence);

function takeAll(backlog: Backlog): number[] {
  const numbers: number[] = [];
  for (let event = backlog.take(); event !== null; event = backlog.take()) numbers.push(event.sequence);
  return numbers;
}

describe('a backlog', () => {
  it('asks for room soon, and has it when half was taken', () => {
    const backlog = createBacklog(undefined);
    expect([backlog.put(small(1)), backlog.put(huge(2))]).toEqual([false, true]);
    backlog.take();
    expect(backlog.hasRoom()).toBe(false);
    backlog.take();
    expect(backlog.hasRoom()).toBe(true);
    expect(backlog.take()).toBeNull();
  });

  it('grows in memory first, then on disk, without asking', () => {
    const file = memoryFile();
    const backlog = createBacklog(() => file);
    expect(backlog.canGrow()).toBe(true);
    backlog.grow();
    expect(backlog.canGrow()).toBe(false);
    for (let number = 1; number <= 9; number++) expect(backlog.put(huge(number))).toBe(false);
    expect(file.lines.length).toBe(7);
    expect(takeAll(backlog)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('asks for room as before once all was taken', () => {
    const backlog = createBacklog(() => memoryFile());
    backlog.grow();
    expect(backlog.put(huge(1))).toBe(false);
    takeAll(backlog);
    expect([backlog.put(huge(2)), backlog.canGrow()]).toEqual([true, true]);
  });

  it('keeps the order when the disk refuses events for a while', () => {
    let isFull = false;
    const backlog = createBacklog(() => memoryFile(() => (isFull ? 0 : Infinity)));
    backlog.grow();
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const number of numbers) {
      isFull = number === 6;
      backlog.put(number < 5 ? huge(number) : small(number));
    }
    expect(takeAll(backlog)).toEqual(numbers);
  });

  it('asks for room when the disk takes no more', () => {
    const backlog = createBacklog(() => memoryFile(() => 0));
    backlog.grow();
    // What goes beyond the bound is held as well; only then is the disk asked.
    expect([1, 2, 3].map((number) => backlog.put(huge(number)))).toEqual([false, false, true]);
    backlog.take();
    expect(backlog.hasRoom()).toBe(false);
    expect(takeAll(backlog)).toEqual([2, 3]);
    expect(backlog.hasRoom()).toBe(true);
  });

  it('is empty once it is closed', () => {
    const file = memoryFile();
    const backlog = createBacklog(() => file);
    backlog.grow();
    for (let number = 1; number <= 9; number++) backlog.put(huge(number));
    backlog.close();
    expect([backlog.take(), file.isClosed()]).toEqual([null, true]);
  });
});
