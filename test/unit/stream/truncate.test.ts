import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnknown } from '../../../src/messages/types.ts';
import { createTruncator } from '../../../src/stream/truncate.ts';
import { rounds } from '../../support/rounds.ts';
import { event, message } from './messages.ts';
import { anyText } from '../../support/any-text.ts';

/** A text after the clip. */
function clipped(text: string, maxChars: number): string {
  const { message: clip } = createTruncator(maxChars).clip(event(message('hologram', { text })));
  return 'text' in clip ? String(clip.text) : '';
}

const NOTE = /\n… \[(\d+) characters clipped by sluice\] …\n/;

/** The kept beginning and end, and how much the note says is missing. */
function partsOf(text: string): { head: string; missing: number; tail: string } {
  const [head = '', missing = '0', ...tail] = text.split(NOTE);
  return { head, missing: Number(missing), tail: tail.join('') };
}

describe('createTruncator', () => {
  it('hands on the very same event when nothing is too long', () => {
    const given = event(message('hologram', { text: 'x'.repeat(100), deep: ['y'] }));
    expect(createTruncator(100).clip(given)).toBe(given);
  });

  it('keeps two thirds from the beginning and one from the end, and says what is missing', () => {
    const text = `${'a'.repeat(200)}${'m'.repeat(700)}${'z'.repeat(100)}`;
    expect(clipped(text, 300)).toBe(`${'a'.repeat(200)}\n… [700 characters clipped by sluice] …\n${'z'.repeat(100)}`);
  });

  it('marks the event, keeps the rest of it, and leaves the original as it was', () => {
    const given = event(message('hologram', { text: 'x'.repeat(500), other: { short: 'y' } }));
    const clip = createTruncator(100).clip(given);
    expect(clip).toMatchObject({ sequence: 1, sessionId: 's1', truncated: true, message: { other: { short: 'y' } } });
    expect(isUnknown(clip.message)).toBe(true);
    expect(given).toMatchObject({ truncated: false, message: { text: 'x'.repeat(500) } });
  });

  it('counts strings and characters over the whole run', () => {
    const truncator = createTruncator(100);
    expect(truncator.clipped()).toEqual({ strings: 0, characters: 0 });
    truncator.clip(event(message('hologram', { text: 'x'.repeat(150), deep: [{ more: 'y'.repeat(101) }] })));
    truncator.clip(event(message('hologram', { text: 'x'.repeat(100) })));
    truncator.clip(event(message('hologram', { text: 'x'.repeat(110) })));
    expect(truncator.clipped()).toEqual({ strings: 3, characters: 61 });
  });

  it('keeps everything when the limit is Infinity', () => {
    const given = event(message('hologram', { text: 'x'.repeat(1_000_000) }));
    const truncator = createTruncator(Number.POSITIVE_INFINITY);
    expect(truncator.clip(given)).toBe(given);
    expect(truncator.clipped()).toEqual({ strings: 0, characters: 0 });
  });

  it('clips at one character over the limit and not at it', () => {
    expect(clipped('x'.repeat(99), 99)).toBe('x'.repeat(99));
    expect(partsOf(clipped('x'.repeat(100), 99))).toEqual({ head: 'x'.repeat(66), missing: 1, tail: 'x'.repeat(33) });
  });

  it.each([0, 1, 2, 3, 10])('knows the message still with a limit of %i', (maxChars) => {
    const given = event(
      message('assistant', {
        message: {
          id: 'msg_0001',
          model: 'claude-opus-4-8',
          content: [{ type: 'text', text: 'long enough '.repeat(9) }],
        },
        parent_tool_use_id: null,
        session_id: '00000000-0000-4000-8000-000000000000',
      }),
    );
    const { message: clip } = createTruncator(maxChars).clip(given);
    expect(clip.type).toBe('assistant');
    expect(Object.keys(clip)).toEqual(Object.keys(given.message));
    expect(JSON.stringify(clip)).toContain('clipped by sluice');
  });

  it.each([0, 1, 63])('takes a limit of %i for 64: shorter strings are ids, types and names', (maxChars) => {
    expect(clipped('x'.repeat(64), maxChars)).toBe('x'.repeat(64));
    const { head, missing, tail } = partsOf(clipped('abcdefghij'.repeat(20), maxChars));
    expect([head.length, missing, tail.length]).toEqual([43, 200 - 64, 21]);
  });

  it('leaves keys whole', () => {
    const key = 'k'.repeat(500);
    const { message: clip } = createTruncator(64).clip(event(message('hologram', { [key]: 'v'.repeat(500) })));
    expect(Object.keys(clip)).toEqual(['type', key]);
  });

  it('loses nothing uncounted', { timeout: 60_000 }, () => {
    const long = anyText({ minLength: 65, maxLength: 300 });
    fc.assert(
      fc.property(long, fc.nat(200), (text, maxChars) => {
        const limit = Math.max(64, maxChars);
        fc.pre(text.length > limit);
        const { head, missing, tail } = partsOf(clipped(text, maxChars));
        expect(head.length + tail.length).toBeLessThanOrEqual(limit);
        expect([text.startsWith(head), text.endsWith(tail)]).toEqual([true, true]);
        expect(head.length + missing + tail.length).toBe(text.length);
      }),
      { numRuns: rounds(60) },
    );
  });

  it('tears no surrogate pair', () => {
    const halves = fc.constantFrom('😀', '𝒳', 'a', '\ud83d', '\ude00');
    fc.assert(
      fc.property(
        fc.array(halves, { minLength: 65, maxLength: 90 }),
        fc.integer({ min: 64, max: 90 }),
        (parts, maxChars) => {
          const text = parts.join('');
          fc.pre(text.length > maxChars);
          const { head, tail } = partsOf(clipped(text, maxChars));
          const torn = (index: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1));
          expect([torn(head.length), torn(text.length - tail.length)]).toEqual([false, false]);
        },
      ),
      { numRuns: rounds(130) },
    );
  });

  it('tears no placeholder', () => {
    const placeholder = '[REDACTED:github-token#12]';
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(placeholder, 'xxxxx', 'x', ']'), { minLength: 10, maxLength: 30 }),
        fc.integer({ min: 64, max: 300 }),
        (parts, maxChars) => {
          const text = parts.join('');
          fc.pre(text.length > maxChars);
          const { head, tail } = partsOf(clipped(text, maxChars));
          for (const part of [head, tail]) expect(part.replaceAll(placeholder, '')).toMatch(/^[x\]]*$/);
        },
      ),
      { numRuns: rounds(130) },
    );
  });

  it('tears no placeholder of a long kind', () => {
    const placeholder = `[REDACTED:${'k'.repeat(64)}#123456]`;
    const text = `${'a'.repeat(40)}${placeholder}${'z'.repeat(200)}`;
    for (let maxChars = 0; maxChars < text.length; maxChars++) {
      const { head, tail } = partsOf(clipped(text, maxChars));
      expect(head.replace(placeholder, '')).toMatch(/^a*z*$/);
      expect(tail.replace(placeholder, '')).toMatch(/^a*z*$/);
    }
  });
});
