import { describe, expect, it } from 'vitest';
import { queryOf } from '../../../src/page/views/new-run-fields.ts';

describe('the form that asks', () => {
  it('makes a query of what was typed, and leaves out what was not', () => {
    const values = {
      model: ' opus ',
      maxTurns: '3',
      timeoutMs: '1.5',
      allowedTools: 'Read, Bash(git log:*, git show:*)',
      labels: 'team:search, url:http://a',
      jsonSchema: '{"type":"object"}',
      cwd: ' ',
    };
    expect(queryOf('hi', values)).toEqual({
      prompt: 'hi',
      model: 'opus',
      maxTurns: 3,
      timeoutMs: 1_500,
      allowedTools: ['Read', 'Bash(git log:*, git show:*)'],
      labels: { team: 'search', url: 'http://a' },
      jsonSchema: { type: 'object' },
    });
  });

  it.each([
    [{ maxTurns: 'few' }, 'Turns at most: expected a number above 0'],
    [{ labels: 'search' }, 'Labels: expected name:value, not "search"'],
    [{ jsonSchema: '{' }, 'JSON Schema of the answer: this is no JSON'],
  ])('says of %o what is wrong', (values, message) => {
    expect(() => queryOf('hi', values)).toThrow(message);
  });
});
