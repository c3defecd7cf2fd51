import { atLeast, atMost } from '../../figure.ts';
import type { Case } from '../case.ts';
import { benignCases, secretCases } from '../cases.ts';
import { type Catches, catchesOf, changesOf, percentCaught } from '../catches.ts';
import type { Bench, Chapter } from '../chapter.ts';
import type { Figure } from '../figure.ts';
import { isMasked } from '../masked.ts';
import { listCases } from '../misses.ts';
import type { Scanner } from '../scanners/scanner.ts';
import { streamedDifferently } from '../streamed.ts';
import { variantCases } from '../variants.ts';
import { weakestShapes } from '../weakest.ts';

/** What of secrets drawn anew is masked, and what of other texts. */
export async function measureCatches({ redactor, sluice, peers, seed, samples }: Bench): Promise<Chapter> {
  const exam = { cases: secretCases(seed, samples), variants: variantCases(seed), benign: benignCases(seed) };
  const ours = await answersOf(sluice, exam);
  const theirs = new Map<string, Answers>();
  for (const peer of peers) theirs.set(peer.name, await answersOf(peer, exam));
  const streamed = streamedDifferently(redactor, [...secretCases(seed, 1), ...exam.benign], seed);

  const figure = (what: string, of: (answers: Answers) => number, rest: Pick<Figure, 'unit' | 'target'>): Figure => ({
    what,
    value: of(ours),
    peers: Object.fromEntries([...theirs].map(([name, answers]) => [name, of(answers)])),
    ...rest,
  });
  const kinds = kindsOf(exam.cases);
  const plain = await sluice.mask(exam.variants.map((variant) => variant.plain));
  const known = new Set<Case>(exam.variants.filter((variant, index) => isMasked(variant, plain[index] ?? '')));
  const figures: readonly Figure[] = [
    figure(`recall, ${exam.cases.length} cases`, ({ cases }) => percentCaught(cases), {
      unit: '%',
      target: atLeast(98),
    }),
    figure(`kinds caught every time, of ${kinds.size}`, ({ cases }) => kinds.size - kindsOf(cases.missed).size, {
      unit: '',
    }),
    figure(`in variants, ${exam.variants.length} cases`, ({ variants }) => percentCaught(variants), {
      unit: '%',
      target: atLeast(99),
    }),
    figure(
      `of these the ${known.size} whose plain text sluice masks`,
      ({ variants }) => percentCaught(only(variants, known)),
      {
        unit: '%',
        target: atLeast(99),
      },
    ),
    figure(`look-alikes changed, of ${exam.benign.length}`, ({ changed }) => changed.length, {
      unit: '',
      target: atMost(0),
    }),
    { what: 'texts that come out differently in pieces', value: streamed.length, unit: '', target: atMost(0) },
  ];
  return {
    sections: [{ title: 'Secrets, drawn anew', figures }],
    details: [
      `## Weakest shapes\n\n${weakestShapes(ours.cases)}`,
      `## Weakest variants\n\n${weakestShapes(ours.variants)}`,
    ],
    misses: [
      listCases('Missed', ours.cases.missed),
      listCases('Missed variants', ours.variants.missed),
      listCases('Changed look-alikes', ours.changed),
      listCases('Different in pieces', streamed),
    ],
  };
}

/** What a scanner did with all that it was given. */
interface Answers {
  readonly cases: Catches;
  readonly variants: Catches;
  readonly changed: readonly Case[];
}

async function answersOf(
  scanner: Scanner,
  { cases, variants, benign }: Readonly<Record<'cases' | 'variants' | 'benign', readonly Case[]>>,
): Promise<Answers> {
  return {
    cases: await catchesOf(scanner, cases),
    variants: await catchesOf(scanner, variants),
    changed: await changesOf(scanner, benign),
  };
}

function kindsOf(cases: readonly Case[]): Set<string> {
  return new Set(cases.map(({ kind }) => kind));
}

function only({ cases, missed }: Catches, these: ReadonlySet<Case>): Catches {
  return { cases: cases.filter((one) => these.has(one)), missed: missed.filter((one) => these.has(one)) };
}
