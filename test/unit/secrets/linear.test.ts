import { describe, expect, it } from 'vitest';
import { indexFormats } from '../../../src/secrets/formats.ts';
import { RULES } from '../../../src/secrets/rules/rules.ts';
import { CONTEXT_ANCHORS } from '../../../src/secrets/contexts/contexts.ts';
import { scan } from '../../../src/secrets/scan/scan.ts';
import { VIEW_ANCHORS } from '../../../src/secrets/views/views.ts';
import { IS_SOAK } from '../../support/rounds.ts';
import { BASE64, createDraw } from './random-secrets.ts';

const draw = createDraw(11);
const index = indexFormats();
const SIZE = 4_000;

const BEGIN = `-----BEGIN RSA ${['PRIVATE', 'KEY'].join(' ')}-----`;

/** How many characters parsers looked at, in all. */
function stepsOn(text: string): number {
  let steps = 0;
  scan(index, { text, observe: (_start, _reach, sofar) => (steps = sofar) });
  return steps;
}

function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** Texts made to be hard, each of any length. */
const HOSTILE: Record<string, (length: number) => string> = {
  'an unclosed private key': (length) => `${BEGIN}\n${repeated(`${draw(64, BASE64)}\n`, length)}`,
  'beginnings of private keys': (length) => repeated(`${BEGIN}\n`, length),
  'names that lead to names': (length) => repeated('secret=', length),
  'names that lead to open quotes': (length) => repeated('secret="', length),
  'a value of quotes': (length) => `password="${repeated('\\"', length)}`,
  'a value of backslashes': (length) => `password="${repeated('\\', length)}`,
  'a name of names': (length) => repeated('token.auth_key-', length),
  'one long token': (length) => repeated(draw(997, BASE64), length),
  'tokens of three parts': (length) => repeated('eyJhbGciOi.', length),
  'addresses without an end': (length) => repeated('https://a:', length),
  'commands without an end': (length) => repeated('curl -u a ', length),
  'cookies of cookies': (length) => `Cookie: ${repeated('a=b; cookie: ', length)}`,
  'elements in elements': (length) => repeated('<password a="b" ', length),
  'attributes of attributes': (length) => repeated('name="api_key" value=', length),
  'much space': (length) => repeated(`password${' '.repeat(60)}`, length),
  'placeholders that do not end': (length) => repeated('[REDACTED:', length),
  'forms within forms': (length) => repeated('password%3D\u001b[31m&#34;rd=3dx ', length),
  'words in a sentence': (length) => repeated('password for the user is ', length),
};

/** What stands in all formats, and what may stand between. */
const MARKS = [
  ...new Set([...RULES.flatMap((rule) => rule.anchors), ...CONTEXT_ANCHORS, ...VIEW_ANCHORS].map(({ text }) => text)),
];
const GLUES = ['', ' ', '=', '"', ' a'];

const MAX_STEPS_PER_CHARACTER = 40;

function growsTooMuch(once: number, twice: number): boolean {
  return twice > 2.1 * once + SIZE / 2;
}

/** Why a family of texts takes more than its share, or nothing. */
function excessOf(text: (length: number) => string): string | null {
  const [once, twice] = [stepsOn(text(SIZE)), stepsOn(text(2 * SIZE))];
  if (growsTooMuch(once, twice)) {
    // The beginning may have been spared; then what comes to it grows as the text does.
    const fourTimes = stepsOn(text(4 * SIZE));
    if (growsTooMuch(twice - once, fourTimes - twice)) return `grows from ${once} to ${twice} and ${fourTimes} steps`;
  }
  return twice > 2 * SIZE * MAX_STEPS_PER_CHARACTER ? `${twice / (2 * SIZE)} steps a character` : null;
}

describe('the work grows with the text and no faster', () => {
  it.each(Object.entries(HOSTILE))('on %s', (_name, text) => {
    expect(excessOf(text)).toBeNull();
  });

  it.each(GLUES.map((glue, at) => [glue, at] as const))(
    'on the marks of every format, over and over, with %j between',
    (glue, at) => {
      // Each mark with one of them; a soak takes each with each.
      const marks = MARKS.filter((_, index) => IS_SOAK || index % GLUES.length === at);
      const excesses = marks
        .map((mark) => mark + glue)
        .flatMap((mark) => {
          const excess = excessOf((length) => repeated(mark, length));
          return excess === null ? [] : [`${mark}: ${excess}`];
        });
      expect(excesses).toEqual([]);
    },
    60_000,
  );
});
