import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/sinks/backlog/event-size.ts';
import { event, message } from '../stream/messages.ts';

describe('the size of an event', () => {
  it.each([
    ['long text', { text: 'x'.repeat(100_000) }],
    ['many fields', { list: Array.from({ length: 10_000 }, (_, index) => ({ index, name: `n${index}` })) }],
    ['numbers', { list: Array.from({ length: 10_000 }, (_, index) => index) }],
  ])('is near what it takes in memory, for %s', (_, fields) => {
    const given = event(message('hologram', fields));
    const json = JSON.stringify(given).length;
    expect(sizeOf(given)).toBeGreaterThan(json / 2);
    expect(sizeOf(given)).toBeLessThan(json * 10);
  });

  it('counts a clipped event as what is left of it', () => {
    const clipped = { ...event(message('hologram', { text: 'x'.repeat(1_000) })), truncated: true };
    expect(sizeOf(clipped)).toBeGreaterThan(1_000);
    expect(sizeOf(clipped)).toBeLessThan(1_500);
  });
});
