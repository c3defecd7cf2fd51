import { describe, expect, it } from 'vitest';
import { MAX_PROMPT } from '../../../src/limits.ts';
import { PROMPT_LIMIT } from '../../../src/request/run-options/prompt.ts';
import { checkPrompt } from '../../../src/prompt/check-prompt.ts';

describe('checkPrompt', () => {
  it.each([
    {},
    { text: '' },
    { inert: '' },
    { text: '', inert: '', attachments: [] },
    { attachments: [{ name: 'x', text: '' }] },
    { text: ' \n' },
    { inert: '\n' },
  ])('has nothing to ask with %j, and says how to', (prompt) => {
    expect(() => checkPrompt(prompt)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(/^nothing to ask: give a prompt$/) }),
    );
  });

  it('refuses more bytes than the limit, counted over all parts', () => {
    const parts = { text: 'ää', inert: 'bb', attachments: [{ name: 'a long name that does not count', text: 'cc' }] };
    expect(() => checkPrompt(parts, 8)).not.toThrow();
    expect(() => checkPrompt(parts, 7)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(/8 bytes.*limit of 7.*maxPrompt/) }),
    );
  });

  it('allows ten mebibytes where nothing else is said', () => {
    expect(PROMPT_LIMIT).toBe(10 * 1024 * 1024);
    expect(() => checkPrompt({ text: 'x'.repeat(PROMPT_LIMIT) })).not.toThrow();
    expect(() => checkPrompt({ text: 'x'.repeat(PROMPT_LIMIT + 1) })).toThrow(/limit/);
  });

  it('allows 64 mebibytes at most, whatever else is said', () => {
    const text = 'x'.repeat(MAX_PROMPT / 2 + 1);
    expect(() => checkPrompt({ text, inert: text }, Infinity)).toThrow(/over the limit of 67108864/);
  });

  it.each([
    [{ text: 'x'.repeat(2000) }, /; send less$/],
    [
      { text: 'why?', inert: 'x'.repeat(2000) },
      /; stdin has 2000 of them; send its end: … \| tail -c 980 \| sluice …$/,
    ],
    [
      { text: 'why?', attachments: [one('stdin', 2000), one('a.log', 500)] },
      /; stdin has 2000 of them; send its end: … \| tail -c 480 \| sluice …$/,
    ],
    [
      { text: 'why?', attachments: [one('it.log', 600), one('a.log', 500)] },
      /; it\.log has 600 of them; send its end: tail -c 480 it\.log \| sluice …$/,
    ],
    [{ text: 'x'.repeat(1000), attachments: [one('a.log', 1500)] }, /; a\.log has 1500 of them; send less$/],
  ])('says what to leave out', (prompt, advice) => {
    expect(() => checkPrompt({ ...prompt }, 1000)).toThrow(advice);
  });
});

function one(name: string, size: number) {
  return { name, text: 'x'.repeat(size) };
}
