import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advertiseJson } from '../../../../src/servers/mcp/tools/advertise.ts';
import { QUERY_REQUEST } from '../../../../src/request/query-schema.ts';
import { readQueryRequest } from '../../../../src/servers/validation/read-query-request.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';

const NUMBERS = { maxTurns: 5, maxBudgetUsd: 0.25, timeoutMs: 60_000 };
const LISTS = { allowedTools: ['Read', 'Bash(git log:*)'], disallowedTools: [] };
const SCHEMA = { jsonSchema: { type: 'object', default: null } };

/** What JSON can hold. */
const finite = fc.double({ noDefaultInfinity: true, noNaN: true });

/** Requests of all sorts, most of them such as clients are told to make. */
const requests = fc.record(
  {
    prompt: fc.string(),
    cwd: fc.string(),
    sessionId: fc.oneof(fc.uuid(), fc.string()),
    model: fc.string(),
    maxTurns: fc.oneof(fc.nat(), finite),
    maxBudgetUsd: fc.oneof(fc.nat(), finite),
    appendSystemPrompt: fc.string(),
    permissionMode: fc.constantFrom('default', 'manual', 'plan', 'yolo'),
    allowedTools: fc.array(fc.string()),
    disallowedTools: fc.array(fc.string()),
    timeoutMs: fc.oneof(fc.nat(), fc.maxSafeInteger()),
    maxMessages: fc.integer({ min: -1, max: 10_001 }),
    includeSystemMessages: fc.boolean(),
    jsonSchema: fc.dictionary(fc.string(), fc.jsonValue()),
  },
  { requiredKeys: ['prompt'] },
);

function refusalOf(request: unknown): Refusal {
  try {
    readQueryRequest(request);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}

describe('reading a request', () => {
  it('fills in what is not said', () => {
    expect(readQueryRequest({ prompt: 'hi' })).toEqual({
      prompt: 'hi',
      maxMessages: 100,
      includeSystemMessages: true,
    });
  });

  it.each([
    ['null for what is not set', { cwd: null, maxTurns: null, allowedTools: null, jsonSchema: null }, {}],
    ['null for what has a default', { maxMessages: null, includeSystemMessages: null }, {}],
    ['a number as a text', { maxTurns: '5', maxBudgetUsd: ' 0.25 ', timeoutMs: '60000' }, NUMBERS],
    ['a boolean as a text', { includeSystemMessages: 'False' }, { includeSystemMessages: false }],
    ['a list as JSON', { allowedTools: '["Read", "Bash(git log:*)"]', disallowedTools: '[]' }, LISTS],
    ['the one item of a list', { allowedTools: 'Bash(git log:*)' }, { allowedTools: ['Bash(git log:*)'] }],
    ['an object as JSON', { jsonSchema: '{"type":"object","default":null}' }, SCHEMA],
  ])('takes %s', (_what, given, meant) => {
    const plain = { prompt: 'hi', maxMessages: 100, includeSystemMessages: true };
    expect(readQueryRequest({ prompt: 'hi', ...given })).toEqual({ ...plain, ...meant });
  });

  it.each([
    [{ prompt: null }, 'prompt: expected string, but it is missing'],
    [{ prompt: 5 }, 'prompt: expected string, received number'],
    [{ prompt: 'hi', maxTurns: '5 turns' }, 'maxTurns: expected number, received string'],
    [{ prompt: 'hi', maxTurns: '' }, 'maxTurns: expected number, received string'],
    [{ prompt: 'hi', maxTurns: '1.5' }, 'maxTurns: expected int, received number'],
    [{ prompt: 'hi', maxTurns: '0x10' }, 'maxTurns: expected number, received string'],
    [{ prompt: 'hi', maxBudgetUsd: 'Infinity' }, 'maxBudgetUsd: expected number, received string'],
    [{ prompt: 'hi', timeoutMs: '-1' }, 'timeoutMs: expected number to be at least 1'],
    [{ prompt: 'hi', allowedTools: '["Read"' }, 'allowedTools: expected array, received string'],
    [{ prompt: 'hi', allowedTools: '["Read", null]' }, 'allowedTools[1]: expected string, received null'],
    [{ prompt: 'hi', allowedTools: '' }, 'allowedTools[0]: expected string to have at least one character'],
    [{ prompt: 'hi', jsonSchema: 'schema.json' }, 'jsonSchema: expected record, received string'],
    [{ prompt: 'hi', jsonSchema: '[]' }, 'jsonSchema: expected record, received string'],
    [{ prompt: 'hi', includeSystemMessages: 'maybe' }, /^includeSystemMessages: expected boolean/],
    [{ prompt: 'hi', toString: 'x' }, /^toString: is not known/],
  ])('guesses nothing about %j', (request, message) => {
    expect(refusalOf(request).message).toMatch(message);
  });

  it('takes whatever the schema does that clients are told', () => {
    const { input } = advertiseJson(QUERY_REQUEST)['~standard'].jsonSchema;
    const told = new Ajv2020({ strict: false, validateFormats: false }).compile(input({ target: 'draft-2020-12' }));
    fc.assert(
      fc.property(requests, (request) => {
        fc.pre(told(request));
        expect(() => readQueryRequest(request)).not.toThrow();
      }),
    );
  });

  it.each([
    [undefined, 'the request: expected object, but it is missing'],
    ['hi', 'the request: expected object, received string'],
    [{}, 'prompt: expected string, but it is missing'],
    [{ prompt: '' }, 'prompt: expected string to have at least one character'],
    [{ prompt: 'hi', sessionId: 'x' }, 'sessionId: expected a uuid'],
    [{ prompt: 'hi', model: ' ' }, String.raw`model: expected a text that matches \S`],
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
    expect(message).toMatch(
      /^promt: is not known; did you mean prompt\?; known are prompt, cwd, sessionId, .*, includeSystemMessages$/,
    );
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
