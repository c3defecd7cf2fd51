import { expect, it } from 'vitest';
import { createTextCarry } from '../../../src/secrets/carry.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { createDraw, fakePem, HEX } from './random-secrets.ts';

const draw = createDraw(41);
const key = fakePem(draw, 9).split('\n');
const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;

const MARGINS: Record<string, (line: string, index: number) => string> = {
  'the time of a runner': (line, index) => `2026-03-0${index % 9}T09:27:5${index % 7}.8718342Z ${line}`,
  'the name of a pod': (line) => `[pod/api-7d9f/api] ${line}`,
  syslog: (line, index) => `Mar  3 10:11:${10 + index} host app[4242]: ${line}`,
  'sections of GitLab': (line) => `2026-03-03T10:11:12.123456Z 01O ${line}`,
  'docker compose': (line) => `web-1  | ${line}`,
  'cat -n': (line, index) => `${String(index + 8).padStart(6)}\t${line}`,
  grep: (line, index) => `keys/app.pem:${index + 1}:${line}`,
  'grep with context': (line, index) => `keys/app.pem-${index + 1}- ${line}`,
  comments: (line) => `// ${line}`,
};

it.each(Object.entries(MARGINS))('leaves %s before the lines of a key', (_name, write) => {
  const lines = [...key, 'after it'].map(write);
  const masked = mask(lines.join('\n')).split('\n');
  expect(masked.join('\n')).not.toMatch(/[A-Za-z0-9+/]{24}/);
  expect(masked.at(-1)).toBe(lines.at(-1));
  expect(mask(masked.join('\n'))).toBe(masked.join('\n'));
  const carry = createTextCarry(createRedactor({ env: {} }));
  let out = '';
  for (const character of lines.join('\n')) out += carry.push(character).text;
  expect(out + carry.end().text).toBe(masked.join('\n'));
});

it('keeps the margin of each line', () => {
  const lines = key.map((line, index) => `[pod/api] ${index} ${line}`);
  expect(mask(lines.join('\n'))).toBe(key.map((_, index) => `[pod/api] ${index} [REDACTED:private-key#1]`).join('\n'));
});

it.each([
  ['cat -A', key.map((line) => `${line}$`).join('\n')],
  ['lines of HTML', key.map((line) => `${line}<br>`).join('\n')],
  ['a list of lines', JSON.stringify(key.map((line) => `+${line}`))],
])('masks the lines of %s', (_name, text) => {
  expect(mask(text)).not.toMatch(/[A-Za-z0-9+/]{24}/);
});

it('knows a vault behind a margin', () => {
  const lines = ['$ANSIBLE_VAULT;1.1;AES256', ...Array.from({ length: 4 }, () => draw(80, HEX))];
  expect(mask(lines.map((line) => `app-1 | ${line}`).join('\n'))).not.toMatch(/[\da-f]{24}/);
});
