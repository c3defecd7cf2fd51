import { describeWait } from '../messages/describe-wait.ts';
import type { PatienceState } from './patience.ts';

/** What was waited for in vain, and how to wait longer. */
export function describeStall(state: PatienceState, limitMs: number): string {
  const { what, flag } = WAITS[state];
  return `${what} for ${describeWait(limitMs)} (${flag})`;
}

const WAITS: Readonly<Record<PatienceState, { readonly what: string; readonly flag: string }>> = {
  start: { what: 'claude said nothing', flag: '--start-timeout' },
  api: { what: 'nothing came from the API', flag: '--idle-timeout api' },
  tool: { what: 'a tool ran without a sign of life', flag: '--idle-timeout tool' },
  text: { what: 'the text stopped coming', flag: '--idle-timeout text' },
};
