import { expect, it } from 'vitest';
import { createTextCarry } from '../../../src/secrets/carry.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { indexFormats } from '../../../src/secrets/formats.ts';
import { Growth } from '../../../src/secrets/scan/growth.ts';
import { openPoint } from '../../../src/secrets/scan/open-point.ts';
import { scan } from '../../../src/secrets/scan/scan.ts';
import { inPieces } from './in-pieces.ts';
import { createDraw } from './random-secrets.ts';

const draw = createDraw(31);
const index = indexFormats();

/** Pairs on one line, each of which is looked at as far as into the next. */
function pairs(count: number): string {
  return Array.from({ length: count }, (_, nth) => `user${nth}=jo;token=${draw(6)};pwd=${draw(9)},`).join('');
}

it('goes on where it was, and does not look again at what it decided', () => {
  const text = pairs(600);
  const [first, grown] = [text.slice(0, 12_000), text];
  const growth = new Growth();
  const before = openPoint(index, { text: first, spacedHeads: [], growth });
  expect(before.open).toBeLessThan(2000);
  const tried: number[] = [];
  const spans = scan(index, { text: grown, growth, observe: (start) => tried.push(start) });
  expect(Math.min(...tried)).toBeGreaterThan(11_000);
  expect(spans).toEqual(scan(index, { text: grown }));
});

it('begins anew where there is more to mask', () => {
  const text = pairs(400);
  const secret = draw(12);
  const given = `${text}${secret},${text}`;
  const redactor = createRedactor({ env: {} });
  const carry = createTextCarry(redactor);
  let released = carry.push(given.slice(0, text.length + 20)).text;
  redactor.addValues([secret]);
  released += carry.push(given.slice(text.length + 20)).text + carry.end().text;
  expect(released).not.toContain(secret);
});

it.each([[''], [' '], ['\n']])('gives the same in pieces, with %j between long runs of pairs', (glue) => {
  const text = [pairs(300), pairs(30), pairs(700)].join(glue);
  const whole = createRedactor({ env: {} }).redact(text).text;
  for (const size of [900, 10_000]) expect(inPieces(text, [size, 37])).toBe(whole);
});

it.each([14, 20, 40])(
  'finds each of %i settings in a row when more of them arrives, though one is known and not yet masked',
  (count) => {
    const text = 'sshpass=00000000  [ritekit '.repeat(count);
    for (const size of [text.length, 100, 31]) expect(inPieces(text, [size])).not.toContain('=0');
  },
);
