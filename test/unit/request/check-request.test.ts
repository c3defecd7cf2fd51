import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../src/request/check-request.ts';

describe('checkRequest', () => {
  it.each<[unknown]>([
    [{}],
    [{ prompt: 'hi', maxTurns: 3, timeout: 60_000, allowedTools: ['Read'], jsonSchema: { type: 'object' } }],
    [{ prompt: { text: 'hi', attachments: [{ name: 'log', text: '…' }] }, idleTimeout: { api: 5 }, debug: true }],
    [{ prompt: 'hi', model: undefined, mcpConfig: ['a.json', { mcpServers: {} }], passThrough: ['--new'] }],
    [{ idleTimeout: 300_000, maxBudgetUsd: 0.5, effort: 'something-new', permissionMode: 'plan' }],
  ])('takes %j', (request) => {
    expect(() => checkRequest(request)).not.toThrow();
  });

  it.each<[unknown, string | RegExp]>([
    [null, /^request: expected an object of options, got /],
    ['hi', /^request: expected an object of options, got /],
    [[], /^request: expected an object of options, got /],
    [{ maxTurn: 3 }, 'there is no option "maxTurn"; did you mean maxTurns?'],
    [{ max_turns: 3 }, 'there is no option "max_turns"; did you mean maxTurns?'],
    [{ hologram: 3 }, 'there is no option "hologram"'],
    [JSON.parse('{"__proto__":1}'), 'there is no option "__proto__"'],
    [{ maxTurns: '3' }, /^maxTurns: expected a whole number above 0, got /],
    [{ maxTurns: 0 }, /^maxTurns: expected a whole number above 0, got /],
    [{ maxTurns: null }, /^maxTurns: expected a whole number above 0, got /],
    [{ timeout: Number.NaN }, /^timeout: expected a whole number of milliseconds from 1 to 2147483647, got /],
    [{ timeout: '5m' }, /^timeout: expected a whole number of milliseconds from 1 to 2147483647, got /],
    [{ maxChars: Number.POSITIVE_INFINITY }, /^maxChars: expected a whole number, 0 or more, got /],
    [{ permissionMode: 'yolo' }, /^permissionMode: expected one of acceptEdits, .*, plan, got /],
    [{ allowedTools: 'Read' }, /^allowedTools: expected a list of texts, got /],
    [{ allowedTools: ['Read', 1] }, /^allowedTools: expected a list of texts, got /],
    [{ model: '' }, /^model: expected a text that is not empty, got /],
    [{ sessionId: '42' }, /^sessionId: expected a UUID, got /],
    [{ idleTimeout: { apo: 5 } }, /^idleTimeout: expected milliseconds, or an object of milliseconds by state/],
    [{ continue: 'yes' }, /^continue: expected true or false, got /],
    [{ prompt: { txt: 'hi' } }, /^prompt: expected a text, or an object with text, inert, attachments, images, got /],
    [{ forkSession: true }, 'forkSession: there is no conversation to fork; add resume or continue'],
    [{ prompt: () => 'hi' }, /^prompt: expected a text, or an object with text, inert, attachments, images, got /],
  ])('says of %j what is wrong', (request, message) => {
    expect(() => checkRequest(request)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => checkRequest(request)).toThrow(message);
  });

  it('never shows a value', () => {
    expect(() => checkRequest({ sessionId: 'hunter2hunter2' })).toThrow(/^(?!.*hunter2)/);
  });
});
