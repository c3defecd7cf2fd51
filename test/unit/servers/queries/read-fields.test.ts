import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryRequestSchema } from '../../../../src/servers/query-request.ts';
import { readFields } from '../../../../src/servers/read-fields.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';

function refusalOf(request: unknown): Refusal {
  try {
    readFields(queryRequestSchema, request);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}

describe('reading a request', () => {
  it('fills in what is not said', () => {
    expect(readFields(queryRequestSchema, { prompt: 'hi' })).toEqual({
      prompt: 'hi',
      maxMessages: 100,
      includeSystemMessages: true,
    });
  });

  it.each([
    [undefined, 'the request: expected object, but it is missing'],
    ['hi', 'the request: expected object, received string'],
    [{}, 'prompt: expected string, but it is missing'],
    [{ prompt: '' }, 'prompt: expected string to have >=1 characters'],
    [{ prompt: 'hi', sessionId: 'x' }, 'sessionId: expected a uuid'],
    [{ prompt: 'hi', maxTurns: 1.5 }, 'maxTurns: expected int, received number'],
    [{ prompt: 'hi', maxBudgetUsd: 0 }, 'maxBudgetUsd: expected number to be >0'],
    [{ prompt: 'hi', allowedTools: ['Read', 7] }, 'allowedTools[1]: expected string, received number'],
    [{ prompt: 'hi', jsonSchema: [] }, 'jsonSchema: expected record, received array'],
    [
      { prompt: 'hi', permissionMode: 'yolo' },
      'permissionMode: expected one of "acceptEdits"|"auto"|"bypassPermissions"|"default"|"dontAsk"|"manual"|"plan"',
    ],
  ])('says of %j what was expected where', (request, message) => {
    const refusal = refusalOf(request);
    expect(refusal).toMatchObject({ errorCode: 'validation_error', message });
    expect(refusal.details['issues']).toHaveLength(1);
  });

  it('names fields that it does not know, and those it does', () => {
    const { message, details } = refusalOf({ promt: 'hi', prompt: 'hi' });
    expect(message).toMatch(/^promt: is not known; known are prompt, cwd, sessionId, .*, jsonSchema$/);
    expect(details).toEqual({ issues: [{ path: 'promt', message: expect.stringContaining('is not known') }] });
  });

  it('names several at once, and says how many more there are', () => {
    expect(refusalOf({ maxTurns: 'x', timeoutMs: 0 }).details['issues']).toMatchObject([
      { path: 'prompt' },
      { path: 'maxTurns' },
      { path: 'timeoutMs' },
    ]);
    const { message, details } = refusalOf({ prompt: 'hi', allowedTools: Array.from({ length: 1000 }, () => 1) });
    expect(message).toMatch(/; and 990 more$/);
    expect(details['issues']).toHaveLength(10);
  });

  it('repeats nothing long that was given, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 61, maxLength: 200 }), fc.jsonValue(), (long, value) => {
        const { message, details } = refusalOf({ [long]: long, prompt: value, model: { [long]: long }, cwd: [long] });
        expect(message.length).toBeLessThan(1_500);
        expect(JSON.stringify([message, details])).not.toContain(JSON.stringify(long).slice(1, -1));
      }),
    );
  });
});
