import type { Wording } from '../errors.ts';
import type { WaitState } from './idle-watchdog.ts';

/** What was waited for in vain, and how to wait longer. */
export function describeStall(state: WaitState, limitMs: number): Wording {
  const { what, option } = WAITS[state];
  return (name) => `${what} for ${inWords(limitMs)} (${name(option)})`;
}

const WAITS: Readonly<Record<WaitState, { readonly what: string; readonly option: string }>> = {
  start: { what: 'claude said nothing', option: 'startTimeout' },
  api: { what: 'nothing came from the API', option: 'idleTimeout.api' },
  tool: { what: 'a tool ran without a sign of life', option: 'idleTimeout.tool' },
  text: { what: 'the text stopped coming', option: 'idleTimeout.text' },
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
