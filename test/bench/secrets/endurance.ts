import type { Redactor } from '../../../src/secrets/redactor.ts';
import { inRounds } from '../rounds.ts';
import { median } from '../statistics.ts';
import { elapsedIn } from './elapsed.ts';
import { carryThrough } from './speed.ts';
import { ADVERSARIES } from './texts/adversarial.ts';
import type { Adversary } from './texts/adversary.ts';

const MB = 1_000_000;
/** MB a second; what is slower has missed its mark, and is not worth many rounds. */
const SLOW = 20;
const ROUNDS_OF_SLOW = 1;
/** And what is slower than this is not tried with a large text. */
const VERY_SLOW = 8;
const SMALL = MB / 16;
const PIECE = 4096;

/** How a text made to be slow was gone through, as a whole or in pieces, by CPU time. */
export interface Endurance {
  readonly name: string;
  /** MB a second, of the smaller text. */
  readonly speed: number;
  /** How much longer twice the text takes; 2 where the work is linear. Of the fastest rounds, the least disturbed. */
  readonly ratio: number;
  /** Characters of the smaller text: 1 MB, or less where the redactor is slow. */
  readonly size: number;
}

/** Every adversary, the slowest first: whole texts, or a carry's pieces. */
export async function endurancesOf(redactor: Redactor, way: 'whole' | 'pieces', rounds: number): Promise<Endurance[]> {
  const pass = way === 'whole' ? redactor.redact : (text: string) => carryThrough(redactor, text, PIECE);
  const endurances: Endurance[] = [];
  for (const adversary of ADVERSARIES) endurances.push(await endure(adversary, pass, rounds));
  return endurances.sort((a, b) => a.speed - b.speed);
}

async function endure({ name, make }: Adversary, pass: (text: string) => unknown, rounds: number): Promise<Endurance> {
  const cpuOf = async (text: string): Promise<number> => (await elapsedIn(() => pass(text))).cpu;
  const small = make(SMALL);
  // Three times, as the first ones are for the compiler.
  const probed = speedOf(SMALL, Math.min(await cpuOf(small), await cpuOf(small), await cpuOf(small)));
  const size = probed < VERY_SLOW ? SMALL : MB;
  const [once, twice] = [make(size), make(size * 2)];
  const times = await inRounds(probed < SLOW ? ROUNDS_OF_SLOW : rounds, {
    once: () => cpuOf(once),
    twice: () => cpuOf(twice),
  });
  const ratio = Math.min(...times.twice) / Math.min(...times.once);
  return { name, speed: speedOf(size, median(times.once)), ratio, size };
}

function speedOf(size: number, milliseconds: number): number {
  return size / MB / (milliseconds / 1000);
}
