import { createTextCarry } from '../../../src/secrets/carry.ts';
import type { Redactor } from '../../../src/secrets/redactor.ts';
import type { Case } from './case.ts';
import { createRandom, type Random } from './random.ts';

/** How large the pieces of a text are. */
const SIZES: Readonly<Record<string, (random: Random) => number>> = {
  'by 1': () => 1,
  'by 7': () => 7,
  'at random': (random) => random.int(1, random.pick([3, 20, 90])),
};

/** So many cases are put one after another to make a longer text. */
const CASES_A_DOCUMENT = 12;

/**
 * The cases, each by itself and several in a row, whose redaction in pieces is not that of the whole text; `shape` tells
 * the size of the pieces. The one redactor gives a secret the same placeholder both times.
 */
export function streamedDifferently(redactor: Redactor, cases: readonly Case[], seed: string): Case[] {
  const random = createRandom(`${seed}/streamed`);
  return [...cases, ...documentsOf(random.shuffle(cases))].flatMap((one) => {
    const whole = redactor.redact(one.text).text;
    return Object.entries(SIZES)
      .filter(([, size]) => inPieces(redactor, one.text, () => size(random)) !== whole)
      .map(([shape]) => ({ ...one, shape }));
  });
}

function documentsOf(cases: readonly Case[]): Case[] {
  const parts = Array.from({ length: Math.ceil(cases.length / CASES_A_DOCUMENT) }, (_, index) =>
    cases.slice(index * CASES_A_DOCUMENT, (index + 1) * CASES_A_DOCUMENT),
  );
  return parts.map((part) => ({
    kind: part.map(({ kind }) => kind).join('+'),
    shape: 'document',
    text: part.map(({ text }) => text).join('\n\nand then\n'),
    secrets: part.flatMap(({ secrets }) => secrets),
  }));
}

/** The text as a stream's reader sees it. */
function inPieces(redactor: Redactor, text: string, size: () => number): string {
  const carry = createTextCarry(redactor);
  let released = '';
  for (let start = 0; start < text.length;) {
    const end = start + size();
    released += carry.push(text.slice(start, end)).text;
    start = end;
  }
  return released + carry.end().text;
}
