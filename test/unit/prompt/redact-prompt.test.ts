import { expect, it } from 'vitest';
import { redactPrompt } from '../../../src/prompt/redact-prompt.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';

const KEY = `ghp_${'aB3dE5fG7h'.repeat(4)}`;

it('masks what was piped and attached, and leaves the instruction and the names alone', () => {
  const kinds: string[] = [];
  const attachments = [{ name: 'a.log', text: `PASSWORD=hunter2hunter2 ${KEY}` }];
  const prompt = redactPrompt(
    { text: `rotate ${KEY}`, inert: `log ${KEY}`, attachments },
    createRedactor({ env: {} }),
    (kind) => kinds.push(kind),
  );
  expect(prompt).toEqual({
    text: `rotate ${KEY}`,
    inert: 'log [REDACTED:github-token#1]',
    attachments: [{ name: 'a.log', text: 'PASSWORD=[REDACTED:password#1] [REDACTED:github-token#1]' }],
  });
  expect(kinds).toEqual(['github-token', 'password', 'github-token']);
});

it('masks an instruction that is to be taken literally: somebody else wrote it', () => {
  const given = { text: `rotate ${KEY}`, literal: true };
  expect(redactPrompt(given, createRedactor({ env: {} }), () => {})).toEqual({
    text: 'rotate [REDACTED:github-token#1]',
    literal: true,
  });
});

it('changes nothing where there is nothing', () => {
  const given = { text: 'hi', attachments: [{ name: 'x', text: 'plain' }], slash: true, limit: 10 };
  expect(redactPrompt(given, createRedactor({ env: {} }), () => {})).toEqual(given);
});
