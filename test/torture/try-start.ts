import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAll } from './end-all.ts';
import { makePlace } from './place.ts';
import { startVictim } from './start-victim.ts';
import type { Start } from './starts.ts';
import { tracked } from './traces.ts';

/** How long after the kill something may be left, in milliseconds. */
const BOUND = 10_000;

/**
 * Kills a sluice while it starts its claude, and looks what is left. What is left is killed then.
 * @param claude the binary, where the start asks for the real one
 * @param round which moment it is
 * @returns what was left, a sentence each
 */
export async function tryStart(start: Start, claude: string, round: number, bound = BOUND): Promise<readonly string[]> {
  const place = makePlace();
  const surroundings = {
    place,
    claude: start.claude?.(place) ?? claude,
    // Nobody answers there.
    url: 'http://127.0.0.1:9',
    node: process.execPath,
    asJob: false,
  };
  const victim = startVictim(['hi'], surroundings);
  const trace = { place, marker: null, seen: [] };
  try {
    await start.strike(victim, place, round);
    const { signal } = await victim.ended;
    if (signal !== 'SIGKILL') return [`sluice was not killed; stderr: ${victim.stderr()}`];
    const killedAt = performance.now();
    const left = (): readonly string[] => [
      ...tracked(trace).map(({ pid, commandLine }) => `left running: ${pid} ${commandLine}`),
      ...readdirSync(place.temporary)
        .filter((name) => name.startsWith('sluice-'))
        .map((name) => `left on disk: ${join(place.temporary, name)}`),
      ...(victim.guardian() === null ? [] : ['the guardian is still there']),
    ];
    while (left().length > 0 && performance.now() - killedAt < bound) await sleep(50);
    return left();
  } finally {
    victim.kill('SIGKILL');
    endAll(trace);
    place.remove();
  }
}
