import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../../src/request/prompt.ts';
import type { RunRequest } from '../../../../src/request/run-request.ts';
import { mayBeAnswered } from '../../../../src/run/cache/rules.ts';

const PROMPT: Prompt = { text: 'Why?' };

describe('a run that an earlier one may answer', () => {
  it('asks something of a session to itself', () => {
    expect(mayBeAnswered({}, PROMPT)).toBe(true);
  });

  it.each<[string, RunRequest, Prompt]>([
    ['goes on with a session', { resume: 'x' }, PROMPT],
    ['goes on with the last one', { continue: true }, PROMPT],
    ['names its session', { sessionId: '11111111-2222-4333-8444-555555555555' }, PROMPT],
    ['does so in what is passed on', { passThrough: ['--resume', 'x'] }, PROMPT],
    ['is not to be redacted', { noRedact: true }, PROMPT],
    ['is a command', {}, { text: '/cost', slash: true }],
    ['asks for what a server has', {}, { text: 'look at @jira:issue/1' }],
  ])('is none that %s', (_, request, prompt) => {
    expect(mayBeAnswered(request, prompt)).toBe(false);
  });
});
