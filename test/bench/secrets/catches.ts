import type { Case } from './case.ts';
import { isMasked } from './masked.ts';
import type { Scanner } from './scanners/scanner.ts';

/** How a scanner did on some cases. */
export interface Catches {
  readonly cases: readonly Case[];
  readonly missed: readonly Case[];
}

/** Which cases a scanner leaves readable. */
export async function catchesOf(scanner: Scanner, cases: readonly Case[]): Promise<Catches> {
  const outputs = await scanner.mask(cases.map(({ text }) => text));
  return { cases, missed: cases.filter((one, index) => !isMasked(one, outputs[index] ?? '')) };
}

/** Which texts a scanner changes. */
export async function changesOf(scanner: Scanner, cases: readonly Case[]): Promise<Case[]> {
  const outputs = await scanner.mask(cases.map(({ text }) => text));
  return cases.filter(({ text }, index) => outputs[index] !== text);
}

/** The share of the cases that were caught, in percent. */
export function percentCaught({ cases, missed }: Catches): number {
  return ((cases.length - missed.length) / cases.length) * 100;
}
