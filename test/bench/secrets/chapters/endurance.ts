import { atLeast, atMost } from '../../figure.ts';
import type { Bench, Chapter } from '../chapter.ts';
import { endurancesOf, type Endurance } from '../endurance.ts';
import type { Figure } from '../figure.ts';
import { formatNumber, formatTable } from '../markdown.ts';

/** Twice the text may take so much longer. */
const RATIO = atMost(2.6);
const SPEED = atLeast(20);

/** Goes through every text that is made to be slow, as a whole and in pieces. */
export async function measureEndurance({ redactor, rounds }: Bench): Promise<Chapter> {
  const whole = await endurancesOf(redactor, 'whole', rounds);
  const pieces = await endurancesOf(redactor, 'pieces', Math.ceil(rounds / 2));
  const figures = [
    ...figuresOf(`whole, ${whole.length} texts`, whole),
    ...figuresOf('through the carry, 4 KB pieces', pieces),
  ];
  return {
    sections: [{ title: 'Texts made to be slow, by CPU time', figures }],
    details: [`## Texts made to be slow, the slowest first\n\n${tableOf(whole, pieces)}`],
    misses: [],
  };
}

function figuresOf(what: string, endurances: readonly Endurance[]): Figure[] {
  const speed = Math.min(...endurances.map((one) => one.speed));
  const ratio = Math.max(...endurances.map((one) => one.ratio));
  return [
    { what: `${what}: slowest`, value: speed, unit: 'MB/s', target: SPEED },
    { what: `${what}: twice the text, worst`, value: ratio, unit: 'x', target: RATIO },
  ];
}

function tableOf(whole: readonly Endurance[], pieces: readonly Endurance[]): string {
  const carried = new Map(pieces.map((one) => [one.name, one]));
  const rows = whole.map((one) => [one.name, ...cellsOf(one), ...cellsOf(carried.get(one.name))]);
  return formatTable(['text', 'MB/s', 'twice the text', 'carry, MB/s', 'twice the text'], rows);
}

function cellsOf(endurance: Endurance | undefined): string[] {
  if (endurance === undefined) return ['', ''];
  const { speed, ratio, size } = endurance;
  const doubt = size < 1_000_000 ? ` (of ${formatNumber(size / 1000)} KB)` : '';
  return [
    `${formatNumber(speed)}${speed < SPEED.value ? ' !' : ''}${doubt}`,
    `${formatNumber(ratio)}${ratio > RATIO.value ? ' !' : ''}`,
  ];
}
