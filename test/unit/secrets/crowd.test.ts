import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAnchors } from '../../../src/secrets/formats.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { NAMED_SERVICE_RULES } from '../../../src/secrets/rules/unmarked-keys.ts';
import { rounds } from '../../support/rounds.ts';
import { inPieces } from './in-pieces.ts';
import { createDraw, fakePem } from './random-secrets.ts';

const draw = createDraw(23);
const MARKS = formatAnchors()
  .filter(({ isService }) => isService !== true)
  .map(({ text }) => text);
const RULES = 'src/secrets/rules';
const DIGITS = '0123456789';
const PROSE = 'Nothing of this is of interest to anybody who looks for a place to hide. ';

/** Marks drawn by lot, one after another, with `glue` between. */
function crowdOf(length: number, glue = ' '): string {
  let text = '';
  while (text.length < length) text += (MARKS[Number(draw(6, DIGITS)) % MARKS.length] ?? '') + glue;
  return text.slice(0, length);
}

function masked(text: string): string {
  return createRedactor({ env: {} }).redact(text).text;
}

describe('a text of nothing but marks', () => {
  it.each([[' '], ['\n'], [''], ['=']])('is masked where it goes on, with %j between', (glue) => {
    const text = crowdOf(20_000, glue);
    const { findings } = createRedactor({ env: {} }).redact(text);
    const unread = findings
      .filter(({ kind }) => kind === 'secret')
      .reduce((sum, { start, end }) => sum + end - start, 0);
    expect(unread).toBeGreaterThan(0.85 * text.length);
  });

  it('hides no secret, and no private key that begins there and ends behind it', () => {
    const secret = draw(12);
    const key = fakePem(draw, 60);
    const text = `${crowdOf(8000)} password=${secret} ${crowdOf(4000)}\n${key}\n${PROSE.repeat(200)}`;
    const given = masked(text);
    expect(given).not.toContain(secret);
    for (const line of key.split('\n').slice(1, -1)) expect(given).not.toContain(line);
  });

  it('is read again where marks are few', () => {
    const given = masked(`${crowdOf(4000)} ${PROSE.repeat(300)}`);
    expect(given.endsWith(PROSE.repeat(150))).toBe(true);
  });

  it('gives the same in pieces', () => {
    const glues = fc.constantFrom(' ', '\n', '', '=', '="');
    const sizes = fc.array(fc.integer({ min: 100, max: 3000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(glues, fc.integer({ min: 100, max: 9000 }), sizes, (glue, length, pieces) => {
        const text = `${PROSE}${crowdOf(length, glue)}\n${PROSE.repeat(40)}${crowdOf(2000, glue)}\n${fakePem(draw)}`;
        expect(inPieces(text, pieces)).toBe(masked(text));
      }),
      { numRuns: rounds(8) },
    );
  }, 60_000);

  it('is none where services are listed, names of settings, or bytes are encoded, most of which are zero', () => {
    const services = NAMED_SERVICE_RULES.flatMap(({ anchors }) => anchors.map(({ text }) => text));
    const settings = services
      .slice(0, 120)
      .map((name, at) => `${name.toUpperCase()}_${['API_KEY', 'SECRET', 'PASSWORD'][at % 3]}`);
    const bytes = Buffer.from(Array.from({ length: 12_000 }, (_, at) => (at % 5 === 0 ? (at * 7919) % 251 : 0)));
    for (const text of [services.join(' '), services.join('\n'), settings.join(', '), bytes.toString('base64')])
      expect(masked(text)).toBe(text);
  });

  it.each(readdirSync(RULES))('is none where the beginnings of keys are listed, as in %s', (name) => {
    const { findings } = createRedactor({ env: {} }).redact(readFileSync(`${RULES}/${name}`, 'utf8'));
    expect(findings.filter(({ start, end }) => end - start > 300)).toEqual([]);
  });

  it('is none in a list whose lines have few different marks, however short they are and whatever follows these', () => {
    const names = 'Password Passwd Token Secret ApiKey Auth Cookie Bearer Credential AccessKey'.split(' ');
    const lists: readonly ((nth: number) => string)[] = [
      (nth) => `PASS: tests/case${nth}`,
      (nth) => `--- PASS: Test${nth} (0.00s)`,
      (nth) => `test ${nth} pass`,
      (nth) => `PASS: auth/token_${nth}`,
      (nth) => `{"token":${nth},"auth":"pass"},`,
      (nth) => `--- PASS: Test${names[nth % names.length]}/case_${nth} (0.00s)`,
      (nth) => `{"token":${nth}}`,
      (nth) => `${nth},bearer,${nth % 7}`,
      (nth) => `secret/s${nth} unchanged`,
      (nth) => `.token.t${nth}{}`,
      (nth) => `TOKEN_${nth} = ${nth},`,
      (nth) => `--token-${nth}: 1px;`,
    ];
    for (const line of lists) {
      const text = `${Array.from({ length: 700 }, (_, nth) => line(nth)).join('\n')}\n`;
      expect(masked(text)).toBe(text);
    }
  });

  it('is one where few different marks stand closer than in any list, each before something else', () => {
    const names = 'password passwd pwd token secret api_key auth access_token client_secret'.split(' ');
    // Its own, or what it draws would depend on how many marks there are.
    const drawValue = createDraw(1);
    const pairs = Array.from({ length: 3000 }, (_, nth) => `${names[nth % names.length]}=${drawValue(1 + (nth % 5))} `);
    const { findings } = createRedactor({ env: {} }).redact(pairs.join(''));
    const unread = findings
      .filter(({ kind }) => kind === 'secret')
      .reduce((sum, { start, end }) => sum + end - start, 0);
    expect(unread).toBeGreaterThan(0.75 * pairs.join('').length);
  });

  it('is none where the same marks stand before the same text again and again', () => {
    for (const line of ['token refreshed, token kept\n', 'Token(Comma)\nToken(Ident)\n', 'auth: password accepted\n'])
      expect(masked(line.repeat(1000))).toBe(line.repeat(1000));
  });
});
