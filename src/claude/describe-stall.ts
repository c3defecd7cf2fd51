import type { PatienceState } from './patience.ts';

/** What was waited for in vain, and how to wait longer. */
export function describeStall(state: PatienceState, limitMs: number): string {
  const { what, flag } = WAITS[state];
  return `${what} for ${inWords(limitMs)} (${flag})`;
}

const WAITS: Readonly<Record<PatienceState, { readonly what: string; readonly flag: string }>> = {
  start: { what: 'claude said nothing', flag: '--start-timeout' },
  api: { what: 'nothing came from the API', flag: '--idle-timeout api' },
  tool: { what: 'a tool ran without a sign of life', flag: '--idle-timeout tool' },
  text: { what: 'the text stopped coming', flag: '--idle-timeout text' },
};

const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** Exactly, in the largest unit that needs no fraction. */
function inWords(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length && ms % length === 0) ?? ['s', 1_000];
  return `${ms / size} ${unit}`;
}
