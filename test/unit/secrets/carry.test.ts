import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextCarry } from '../../../src/secrets/carry.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import type { Redactor } from '../../../src/secrets/redactor.ts';
import { rounds } from '../../support/rounds.ts';
import { documents } from './documents.ts';
import { BASE64, createDraw, fakePem } from './random-secrets.ts';

const draw = createDraw(11);

function inPieces(redactor: Redactor, text: string, sizes: readonly number[]): { text: string; findings: number } {
  const carry = createTextCarry(redactor);
  const released = [];
  for (let at = 0, piece = 0; at < text.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    released.push(carry.push(text.slice(at, at + size)));
    at += size;
  }
  released.push(carry.end());
  return {
    text: released.map((part) => part.text).join(''),
    findings: released.reduce((sum, part) => sum + part.findings.length, 0),
  };
}

function whole(redactor: Redactor, text: string): { text: string; findings: number } {
  const redaction = redactor.redact(text);
  return { text: redaction.text, findings: redaction.findings.length };
}

describe('a carry', () => {
  it('releases what the whole text would give, whatever the pieces', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        ({ text, options }, sizes) => {
          expect(inPieces(createRedactor(options), text, sizes)).toEqual(whole(createRedactor(options), text));
        },
      ),
      { numRuns: rounds(100) },
    );
  });

  it('knows where a line begins that was ended by an escape in the part before', () => {
    const redactor = createRedactor({ env: {} });
    const text = `"user:\\n  name: admin\\n  password: ykfkdwcmq\\n"`;
    expect(inPieces(redactor, text, [5])).toEqual(whole(redactor, text));
    expect(whole(redactor, text).findings).toBe(1);
  });

  it.each([
    ['a semicolon before a pair of a connection string', 'Server=db; Uid=jo;  accessKey=tcmuuSHulHwieMp'],
    ['a semicolon after a statement', 'state = 5; accessKey=tcmuuSHulHwieMp; x = 1;'],
    ['the name of a member of JSON', '{"a": 1, "content": "Kennwort: maplebirchdune"}\n'],
    ['the name of a member of JSON in JSON', String.raw`{"a": "{\"text\":  \"db_password = maplebirchdune\"}"}`],
    ['the tab before the last column', 'id\tuser\tpassword\n1\tjo\tmK4vb9zRq\n'],
    ['the colon of a symbol', 'set :acme_api_key, "Kq7vB2mXr9Tz4wLp3sD8"\n'],
  ])('keeps %s, with which a secret is read', (_, text) => {
    const redactor = createRedactor({ env: {} });
    for (const size of [1, 3, 5, 8, 11, text.length]) {
      expect(inPieces(redactor, text, [size])).toEqual(whole(redactor, text));
    }
    const byLine = text.split(/(?<=\n)/).map((line) => line.length);
    expect(inPieces(redactor, text, byLine)).toEqual(whole(redactor, text));
    expect(whole(redactor, text).findings).toBe(1);
  });

  it('gives the same for two parts cut where it is open', () => {
    fc.assert(
      fc.property(documents, ({ text, options }) => {
        const redactor = createRedactor(options);
        const cut = redactor.redactFinished(text).open;
        expect(redactor.redact(text.slice(0, cut)).text + redactor.redact(text.slice(cut)).text).toBe(
          createRedactor(options).redact(text).text,
        );
      }),
      { numRuns: rounds(100) },
    );
  });

  it('lets words through as they are finished', () => {
    const carry = createTextCarry(createRedactor({ env: {} }));
    expect(carry.push('Hello wor').text).toBe('Hello ');
    expect(carry.push('ld, how ').text).toBe('world, how ');
    expect(carry.push('are you?').text).toBe('are ');
    expect(carry.push('!').text).toBe('');
    expect(carry.end().text).toBe('you?!');
    expect(carry.push('again ').text).toBe('again ');
  });

  it.each(['color:red; margin:0; ', '&lt; &gt; &amp; ', 'a\tb\t', '\t'])(
    'lets through what only looks like pairs: %j',
    (part) => {
      const carry = createTextCarry(createRedactor({ env: {} }));
      let held = 0;
      for (let count = 0; count < 200; count += 1) {
        held += part.length - carry.push(part).text.length;
        expect(held).toBeLessThanOrEqual(2 * part.length);
      }
    },
  );

  it.each([
    ['password: ', 'password: '],
    ['"api_key": "', '"api_key": "'],
    ['Authorization: Bearer ', 'Authorization: Bearer '],
    ['run --password ', '--password '],
    ['clone https://me:pa', 'https://me:pa'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n', '-----BEGIN RSA PRIVATE KEY-----\nabc\n'],
  ])('holds back what may become a secret: %j', (text, held) => {
    expect(createRedactor({ env: {} }).redactFinished(`so ${text}`).open).toBe(3 + text.length - held.length);
  });

  it('holds nothing of finished text', () => {
    const text = `one two\nTOKEN=${draw(9)}4${draw(9)}8\n`;
    expect(createRedactor({ env: {} }).redactFinished(text).open).toBe(text.length);
  });

  it('holds at most 64 KiB of text without whitespace, and gives the same', () => {
    const text = `{"a":"${draw(50_000, BASE64)}","token":"${draw(12)}5${draw(12)}","b":"${draw(70_000, BASE64)}"} end`;
    const redactor = createRedactor({ env: {} });
    for (let length = 1000; length < text.length; length += 7919) {
      expect(length - redactor.redactFinished(text.slice(0, length)).open).toBeLessThanOrEqual(64 * 1024);
    }
    expect(inPieces(createRedactor({ env: {} }), text, [997, 4096, 13])).toEqual(
      whole(createRedactor({ env: {} }), text),
    );
  });

  it.each([
    ['of real lines', '\n'],
    ['written with escapes', '\\n'],
  ])('masks a private key without end, %s, in little memory', (_name, newline) => {
    const text = `so: ${fakePem(draw, 3000)
      .replaceAll('\n', newline)
      .replace(/-----END.*/s, '')}\n$ done`;
    const masked = inPieces(createRedactor({ env: {} }), text, [1009]);
    expect(masked).toEqual(whole(createRedactor({ env: {} }), text));
    expect(masked.text).toMatch(/^so: \[REDACTED:private-key#1\]\s*(?:\\n)?\s*\$ done$/);
  });
});
