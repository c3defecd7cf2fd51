import { formatAnchors } from '../../../../src/secrets/formats.ts';
import { ALNUM, BASE64, createRandom, LOWER, type Random } from '../random.ts';
import type { Adversary } from './adversary.ts';
import { drawn } from './shuffled.ts';

const MARKS = [...new Set(formatAnchors().map(({ text }) => text))];
const NAMES = 'password passwd pwd token secret api_key auth key access_token DB_PASSWORD client_secret'.split(' ');
const GLUES = [
  '',
  ' ',
  '\n',
  '=',
  '="',
  ': ',
  '":"',
  '\\":\\"',
  '(',
  '{',
  '[',
  '<',
  '|',
  ',',
  '%3D',
  '&#34;',
  '\u001b[32m',
];
const OPENERS = ['{"', '["', '(', '<a b="', '`', "'", '"', '\\"', '{{', '[[', '$(', '${'];
const FILLERS = ['a ', 'xy ', '1 ', 'the ', '- ', '= ', '. ', 'A1 ', 'zz9 ', '{} '];
/** So many texts of each sort that is drawn by lot. */
const EACH = 10;

/** Two marks, or three, in turn, with the same between them. */
function inTurn(random: Random): (drawing: Random) => string {
  const marks = Array.from({ length: random.int(1, 3) }, () => random.pick(MARKS));
  const unit = marks.map((mark) => mark + random.pick(GLUES)).join('');
  return () => unit;
}

/** The same, with something short between that differs each time. */
function inTurnApart(random: Random): (drawing: Random) => string {
  const turn = inTurn(random);
  const alphabet = random.pick([LOWER, ALNUM, BASE64]);
  return (drawing) => turn(drawing) + drawing.draw(drawing.int(1, 6), alphabet) + drawing.pick([' ', '', '\n']);
}

/** One mark before much that is harmless. */
function farApart(random: Random): (drawing: Random) => string {
  const [mark, glue, filler] = [random.pick(MARKS), random.pick(GLUES), random.pick(FILLERS)];
  return (drawing) => `${mark}${glue}${filler.repeat(drawing.int(4, 40))}`;
}

const SORTS: Readonly<Record<string, (random: Random) => (drawing: Random) => string>> = {
  'in turn': inTurn,
  'in turn, apart': inTurnApart,
  'far apart': farApart,
};

const DRAWS: Readonly<Record<string, (random: Random) => string>> = {
  'nested, never closed': (random) => random.pick(OPENERS) + random.pick(NAMES) + random.pick(OPENERS),
  'names and short values': (random) => `${random.pick(NAMES)}=${random.draw(random.int(1, 5))} `,
  'names, short values and marks': (random) =>
    `${random.pick(NAMES)}: ${random.draw(random.int(1, 5))} ${random.pick(MARKS)}${random.pick(GLUES)}`,
  'long names': (random) => `${Array.from({ length: 8 }, () => random.pick(NAMES)).join('_')}=${random.draw(6)} `,
  'long values': (random) => `${random.pick(NAMES)}=${random.draw(random.int(100, 900), BASE64)} `,
  'marks in words': (random) => `${random.draw(random.int(8, 24), LOWER)}${random.pick(MARKS)} `,
  'marks in percents': (random) => encodeURIComponent(random.pick(MARKS) + random.pick(GLUES)),
  'marks in JSON in JSON': (random) => JSON.stringify(JSON.stringify(random.pick(MARKS) + random.pick(GLUES))),
  'marks in base64': (random) => `${Buffer.from(random.pick(MARKS) + random.pick(MARKS)).toString('base64')} `,
  'marks in entities': (random) => `${random.pick(MARKS).replace(/\W/g, '&quot;')}&#61;`,
  'flags and commands': (random) =>
    `${random.pick(['curl', 'mysql', 'docker'])} --${random.pick(NAMES)} ${random.draw(4)} `,
  'sentences of names': (random) => `the ${random.pick(NAMES)} ${random.pick(['is', 'for', 'of', 'to', 'in'])} the `,
};

/** Texts that are woven of few things in many ways. */
export const WOVEN: readonly Adversary[] = [
  ...Object.entries(DRAWS),
  ...Object.entries(SORTS).flatMap(([name, sort]) =>
    Array.from({ length: EACH }, (_, at) => [`${name}, ${at}`, sort(createRandom(`${name}/${at}`))] as const),
  ),
].map(([name, draw]) => ({ name: `woven: ${name}`, make: (size) => drawn(createRandom(name), draw, size) }));
