import { formatAnchors } from '../../../../src/secrets/formats.ts';
import { ALNUM, BASE64, createRandom, DIGITS, HEX, LOWER, type Random, UPPER } from '../random.ts';
import type { Adversary } from './adversary.ts';

/** All that the redactor stops at. */
const MARKS = [...new Set(formatAnchors().map(({ text }) => text))];
/** The same as parts of a longer name. */
const NAMES = MARKS.map((text) => text.replace(/\s/g, ''));
const SIGNS = [...'"\'=:,;{}[]()<>|`\\/&?!@#$%^*~+-._'];
const WORDS =
  'password passwd pwd token secret api_key auth key login user value bearer basic cookie authorization DB_PASSWORD'.split(
    ' ',
  );
const LEADS = ['=', ': ', '="', "='", '":"', ' is ', ' ', '\\":\\"', ' => ', '|', ','];
const ENDS = ['', ' ', '\n', '"', "'", ',', ';', '&', '\\n'];
const QUOTES = ['"', "'", '`', '\\"', '"""'];
const ODD = ['.', '-', '_', ':', '=', '@', '/', '"', ' ', '~', '|', '%', '\\'];
const ALPHABETS = { letters: LOWER, capitals: UPPER, digits: DIGITS, hex: HEX, base64: BASE64 };

/** What comes next, drawn by lot, again and again. */
const DRAWS: Readonly<Record<string, (random: Random) => string>> = {
  signs: (random) => random.pick(SIGNS),
  'all marks': (random) => random.pick(MARKS),
  'all marks, apart': (random) => `${random.pick(MARKS)} `,
  'all marks, a line each': (random) => `${random.pick(MARKS)}\n`,
  'all marks and signs': (random) => random.pick(MARKS) + random.pick(SIGNS),
  'all marks as one name': (random) => random.pick(NAMES) + random.pick(['_', '-', '.']),
  'words and signs': (random) => random.pick(WORDS) + random.pick(SIGNS),
  'words and two signs': (random) => random.pick(WORDS) + random.pick(SIGNS) + random.pick(SIGNS),
  'words in quotes and signs': (random) => `"${random.pick(WORDS)}"${random.pick(SIGNS)}`,
  pairs,
  'open quotes': (random) => `${random.pick(WORDS)}=${random.pick(QUOTES)}${random.draw(8)}${random.pick(['', ' '])}`,
  'pairs in percents': (random) => encodeURIComponent(pairs(random)),
  'pairs in entities': (random) => pairs(random).replace(/[="'&]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  'pairs in colours': (random) => pairs(random).replace(/[ =]/g, (sign) => `\u001b[3${random.int(0, 7)}m${sign}`),
  'pairs in base64': (random) => `${Buffer.from(pairs(random).repeat(2)).toString('base64')} `,
  'pairs in JSON in JSON': (random) => JSON.stringify(JSON.stringify(pairs(random))),
};

function pairs(random: Random): string {
  return random.pick(WORDS) + random.pick(LEADS) + random.draw(random.int(4, 20)) + random.pick(ENDS);
}

/** Few marks over and over, in an order drawn by lot; each number draws others. */
function fewMarks(number: number): (random: Random) => string {
  const random = createRandom(`few/${number}`);
  const few = Array.from({ length: random.int(2, 6) }, () => random.pick(MARKS));
  const signs = [random.pick(SIGNS), random.pick(SIGNS)];
  return (drawing) => drawing.pick([...few, ...signs]);
}

/** Runs of one alphabet with odd characters, or words that something stops at, here and there. */
function runsOf(alphabet: string, others: readonly string[]): (random: Random) => string {
  return (random) => random.draw(random.int(1, 40), alphabet) + random.pick(others);
}

/** Texts that do not repeat themselves: what was learnt of one place is of no use at the next. */
export const SHUFFLED: readonly Adversary[] = [
  ...Object.entries(DRAWS),
  ...Array.from({ length: 8 }, (_, number) => [`few marks, ${number}`, fewMarks(number)] as const),
  ...Object.entries(ALPHABETS).flatMap(
    ([name, alphabet]) =>
      [
        [`runs of ${name}`, runsOf(alphabet, ODD)],
        [`runs of ${name} and marks`, runsOf(alphabet, NAMES)],
      ] as const,
  ),
  ['runs of letters, digits and words', runsOf(ALNUM, WORDS)] as const,
].map(([name, draw]) => ({ name: `shuffled: ${name}`, make: (size) => drawn(createRandom(name), draw, size) }));

/** What is drawn again and again, one after another. */
export function drawn(random: Random, draw: (random: Random) => string, size: number): string {
  const parts: string[] = [];
  for (let length = 0; length < size;) {
    const part = draw(random);
    parts.push(part);
    length += part.length;
  }
  return parts.join('').slice(0, size);
}
