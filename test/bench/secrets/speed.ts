import { createTextCarry } from '../../../src/secrets/carry.ts';
import type { Redactor } from '../../../src/secrets/redactor.ts';
import { type Contender, inRounds } from '../rounds.ts';
import { median } from '../statistics.ts';
import { elapsedIn } from './elapsed.ts';
import type { Scanner } from './scanners/scanner.ts';

const MB = 1_000_000;

/** The characters of a large block. */
export const BLOCK = 65_536;

/** MB of text a second. */
export interface Speed {
  readonly wall: number;
  /** A second of CPU time. */
  readonly cpu: number;
}

/** The median speeds of contenders that take turns. */
export async function speedsOf(
  contenders: Readonly<Record<string, Contender<Speed>>>,
  rounds: number,
): Promise<Map<string, Speed>> {
  const samples = Object.entries(await inRounds(rounds, contenders));
  return new Map(
    samples.map(([name, speeds]) => [
      name,
      { wall: median(speeds.map(({ wall }) => wall)), cpu: median(speeds.map(({ cpu }) => cpu)) },
    ]),
  );
}

/** A scanner on texts, one at a time. */
export function scanning(scanner: Scanner, texts: readonly string[]): Contender<Speed> {
  const bytes = bytesOf(texts);
  return () => speedOf(bytes, () => scanner.mask(texts));
}

/** The redactor on texts, without keeping what it gives. */
export function redacting(redactor: Redactor, texts: readonly string[]): Contender<Speed> {
  const bytes = bytesOf(texts);
  return () =>
    speedOf(bytes, () => {
      for (const text of texts) redactor.redact(text);
    });
}

/** A carry for all of the text, in pieces. */
export function carrying(redactor: Redactor, text: string, size: number): Contender<Speed> {
  const bytes = bytesOf([text]);
  return () => speedOf(bytes, () => carryThrough(redactor, text, size));
}

/** Sends a text through a carry of its own, in pieces of that many characters. */
export function carryThrough(redactor: Redactor, text: string, size: number): void {
  const carry = createTextCarry(redactor);
  for (let start = 0; start < text.length; start += size) carry.push(text.slice(start, start + size));
  carry.end();
}

/** A text in blocks, wherever they part it. */
export function blocksOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / BLOCK) }, (_, index) =>
    text.slice(index * BLOCK, (index + 1) * BLOCK),
  );
}

async function speedOf(bytes: number, action: () => unknown): Promise<Speed> {
  const { wall, cpu } = await elapsedIn(action);
  return { wall: bytes / MB / (wall / 1000), cpu: bytes / MB / (cpu / 1000) };
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
