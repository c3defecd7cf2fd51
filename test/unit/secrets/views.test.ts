import { expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { createTextCarry } from '../../../src/secrets/carry.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { createDraw } from './random-secrets.ts';

const draw = createDraw(31);
const word = `Cedar#${draw(3, '123456789')}w${draw(2, 'xyz')}`;
const token = `ghp_${draw(36)}`;
const settings = `# settings\nNODE_ENV=production\nDB_PASSWORD=${word}\nGITHUB_TOKEN=${token}\n`;
const encoded = Buffer.from(settings).toString('base64');
const jwt = ['{"alg":"HS256"}', '{"sub":"1234567890"}', draw(32)]
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

function hexDump(text: string): string {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
    const part = bytes.subarray(16 * row, 16 * row + 16);
    const hex = part.toString('hex').replace(/(.{4})(?=.)/g, '$1 ');
    const shown = part.toString('latin1').replace(/[^ -~]/g, '.');
    return `${(16 * row).toString(16).padStart(8, '0')}: ${hex.padEnd(39)}  ${shown}`;
  }).join('\n');
}

const CASES: Record<string, readonly [text: string, ...secrets: readonly string[]]> = {
  'colours between name and value': [`\u001b[32mDB_PASSWORD\u001b[0m=\u001b[33m${word}\u001b[0m`, word],
  'colours in JSON': [`{"line":"\\u001b[36mpassword\\u001b[0m: \\u001b[32m${word}\\u001b[0m"}`, word],
  'a colour inside a token': [
    `token ${token.slice(0, 14)}\u001b[0m${token.slice(14)}`,
    token.slice(0, 14),
    token.slice(14),
  ],
  'a form in percents': [`body: user%3Djo%26password%3D${encodeURIComponent(word)}%26x%3D1`, encodeURIComponent(word)],
  'JSON in percents': [encodeURIComponent(`{"password":"${word}"}`), encodeURIComponent(word)],
  'quotes as entities': [`<td>password=&quot;${word}&quot;</td>`, word],
  'quotes as numbers': [`password: &#34;${word}&#34;`, word],
  mail: [`password=3D${word}`, word],
  'a dump of bytes': [
    hexDump(`DB_PASSWORD=${word}\n`),
    word.slice(0, 3),
    Buffer.from(word.slice(0, 2)).toString('hex'),
  ],
  'a file in base64': [`{"content":"${encoded}"}`, encoded],
  'a file in lines of base64': [
    `{"content":"${encoded.replace(/.{60}/g, '$&\\n')}"}`,
    encoded.slice(0, 60),
    encoded.slice(60, 100),
  ],
  'a web token in base64': [`id ${Buffer.from(jwt).toString('base64')}`, Buffer.from(jwt).toString('base64')],
  'a compressed file': [
    `data: ${gzipSync(settings).toString('base64')}`,
    gzipSync(settings).toString('base64').slice(4, 30),
  ],
};

it.each(Object.entries(CASES))('reads through %s', (_name, [text, ...secrets]) => {
  const redacted = createRedactor({ env: {} }).redact(text).text;
  for (const secret of secrets) {
    expect(text).toContain(secret);
    expect(redacted).not.toContain(secret);
  }
  expect(createRedactor({ env: {} }).redact(redacted).text).toBe(redacted);
});

it.each(Object.entries(CASES))('reads through %s in pieces as in one', (_name, [text]) => {
  const given = `first\n${text}\nlast ${text}`;
  const whole = createRedactor({ env: {} }).redact(given).text;
  for (const size of [1, 7, 50]) {
    const carry = createTextCarry(createRedactor({ env: {} }));
    let out = '';
    for (let at = 0; at < given.length; at += size) out += carry.push(given.slice(at, at + size)).text;
    expect(out + carry.end().text).toBe(whole);
  }
});

it('leaves what has no secret in it as it is wrapped', () => {
  const benign = [
    '\u001b[32mPASS\u001b[0m test/password.test.ts \u001b[2m(12 tests)\u001b[0m',
    'https://h/login?next=%2Faccount%3Ftab%3D2',
    hexDump('the password is not in here'),
    Buffer.from('Set the password to something else. '.repeat(4)).toString('base64'),
  ];
  for (const text of benign) expect(createRedactor({ env: {} }).redact(text).text).toBe(text);
});
