import { BENIGN } from './benign/benign.ts';
import type { Case } from './case.ts';
import { KINDS } from './kinds/kinds.ts';
import { createRandom } from './random.ts';

/** That many cases of every kind, drawn anew for each seed; a kind's do not depend on what other kinds there are. */
export function secretCases(seed: string, samples: number): Case[] {
  return KINDS.flatMap(({ kind, make }) =>
    Array.from({ length: samples }, (_, sample) => ({ kind, ...make(createRandom(`${seed}/${kind}/${sample}`)) })),
  );
}

/** A text of each benign kind, as cases without a secret. */
export function benignCases(seed: string): Case[] {
  return Object.entries(BENIGN).map(([kind, make]) => ({
    kind,
    shape: 'benign',
    text: make(createRandom(`${seed}/benign/${kind}`)),
    secrets: [],
  }));
}
