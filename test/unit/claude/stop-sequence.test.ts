import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStopSequence } from '../../../src/claude/stop-sequence.ts';

let steps: string[] = [];
const stopSequence = () => createStopSequence((step) => steps.push(step));

beforeEach(() => {
  steps = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the stop sequence', () => {
  it('goes from a request to SIGKILL, with time between', () => {
    const sequence = stopSequence();
    sequence.begin('interrupt');
    expect(steps).toEqual(['interrupt']);
    vi.advanceTimersByTime(5_000);
    expect(steps).toEqual(['interrupt', 'SIGINT']);
    vi.advanceTimersByTime(3_000);
    expect(steps).toEqual(['interrupt', 'SIGINT', 'SIGTERM']);
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt', 'SIGINT', 'SIGTERM', 'SIGKILL']);
  });

  it('can be begun further up, and once only', () => {
    const sequence = stopSequence();
    sequence.begin('SIGINT');
    sequence.begin('interrupt');
    expect(steps).toEqual(['SIGINT']);
  });

  it('goes to the last step when told to, begun or not', () => {
    const sequence = stopSequence();
    sequence.begin('interrupt');
    sequence.kill();
    sequence.kill();
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt', 'SIGKILL']);
    stopSequence().kill();
    expect(steps).toEqual(['interrupt', 'SIGKILL', 'SIGKILL']);
  });

  it('ends where it is', () => {
    const sequence = stopSequence();
    sequence.begin('interrupt');
    sequence.end();
    sequence.kill();
    vi.advanceTimersByTime(60_000);
    expect(steps).toEqual(['interrupt']);
  });
});
