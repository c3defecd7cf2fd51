import { atLeast, atMost, type Target } from '../../figure.ts';
import type { Case } from '../case.ts';
import { catchesOf, changesOf, percentCaught } from '../catches.ts';
import type { Bench, Chapter } from '../chapter.ts';
import { type Corpus, readCorpora } from '../corpus.ts';
import type { Figure } from '../figure.ts';
import { listCases } from '../misses.ts';
import type { Scanner } from '../scanners/scanner.ts';

/** The shares of the public sets, and of our own, that are to be caught, in percent. */
const TARGETS: Readonly<Record<string, Target>> = {
  secrets: atLeast(98),
  variants: atLeast(99),
  noseyparker: atLeast(75),
  kingfisher: atLeast(65),
  'leaky-repo': atLeast(60),
};

/** What of cases written by others is masked, each for its own origin; nothing without such a folder. */
export async function measureCorpora({ sluice, peers, corpus }: Bench): Promise<Chapter> {
  const corpora = corpus === undefined ? [] : readCorpora(corpus);
  const figures: Figure[] = [];
  for (const one of corpora) figures.push(...(await figuresOf(one, sluice, peers)));
  const missed: Case[] = [];
  for (const { secrets, positives } of corpora) {
    const touched = new Set(await changesOf(sluice, positives));
    missed.push(...(await catchesOf(sluice, secrets)).missed, ...positives.filter((one) => !touched.has(one)));
  }
  const changed = await changesOf(
    sluice,
    corpora.flatMap(({ benign }) => benign),
  );
  return {
    sections: figures.length === 0 ? [] : [{ title: 'Cases of others', figures }],
    details: [],
    misses: [listCases('Missed cases of others', missed), listCases('Changed look-alikes of others', changed)],
  };
}

async function figuresOf(corpus: Corpus, sluice: Scanner, peers: readonly Scanner[]): Promise<Figure[]> {
  const { name, secrets, positives, benign, negatives } = corpus;
  const target = TARGETS[name];
  const measures: readonly (readonly [rows: readonly Case[], figure: Omit<Figure, 'value'>, measure: Measure])[] = [
    [secrets, { what: `${name}: caught, of ${secrets.length}`, unit: '%', target }, percentMasked],
    [positives, { what: `${name}: caught, of ${positives.length}`, unit: '%', target }, percentChanged],
    [benign, { what: `${name}: changed, of ${benign.length}`, unit: '', target: atMost(0) }, countChanged],
    [negatives, { what: `${name}: changed, of ${negatives.length} that its own rule leaves`, unit: '' }, countChanged],
  ];
  const figures: Figure[] = [];
  for (const [rows, figure, measure] of measures) {
    if (rows.length === 0) continue;
    const theirs: Record<string, number> = {};
    for (const peer of peers) theirs[peer.name] = await measure(peer, rows);
    figures.push({ ...figure, value: await measure(sluice, rows), peers: theirs });
  }
  return figures;
}

type Measure = (scanner: Scanner, rows: readonly Case[]) => Promise<number>;

const percentMasked: Measure = async (scanner, rows) => percentCaught(await catchesOf(scanner, rows));
const countChanged: Measure = async (scanner, rows) => (await changesOf(scanner, rows)).length;
const percentChanged: Measure = async (scanner, rows) => ((await countChanged(scanner, rows)) / rows.length) * 100;
