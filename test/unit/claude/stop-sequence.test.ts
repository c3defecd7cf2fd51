import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLadder } from '../../../src/claude/stop-sequence.ts';

let steps: string[] = [];
const ladder = () => createLadder((rung) => steps.push(rung));

beforeEach(() => {
  steps = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the ladder', () => {
  it('goes from a request to SIGKILL, with time between', () => {
    const climbing = ladder();
    climbing.climb('interrupt');
    expect(steps).toEqual(['interrupt']);
    vi.advanceTimersByTime(5_000);
    expect(steps).toEqual(['interrupt', 'SIGINT']);
    vi.advanceTimersByTime(3_000);
    expect(steps).toEqual(['interrupt', 'SIGINT', 'SIGTERM']);
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt', 'SIGINT', 'SIGTERM', 'SIGKILL']);
  });

  it('can be begun further up, and once only', () => {
    const climbing = ladder();
    climbing.climb('SIGINT');
    climbing.climb('interrupt');
    expect(steps).toEqual(['SIGINT']);
  });

  it('jumps to the last rung when told to, climbing or not', () => {
    const climbing = ladder();
    climbing.climb('interrupt');
    climbing.jump();
    climbing.jump();
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt', 'SIGKILL']);
    ladder().jump();
    expect(steps).toEqual(['interrupt', 'SIGKILL', 'SIGKILL']);
  });

  it('ends where it is', () => {
    const climbing = ladder();
    climbing.climb('interrupt');
    climbing.end();
    climbing.jump();
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt']);
  });
});
