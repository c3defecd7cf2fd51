import { readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { begin, FAKE_CLAUDE } from '../support/fake.ts';
import type { Place } from './place.ts';
import type { Victim } from './start-victim.ts';

/** A way in which sluice is killed while it starts claude. */
export interface Start {
  readonly name: string;
  /** The claude to start; absent: the real one. */
  readonly claude?: (place: Place) => string;
  /** Kills sluice at its moment. */
  readonly strike: (victim: Victim, place: Place, round: number) => Promise<void>;
}

/** The real claude is there by then, and at work. */
const LAST_MS = 700;

/** Claude is spawned within that time after its folder is made. */
const SPAWNED_MS = 12;

/** Another moment each round, none of them twice. */
async function atSomeMoment(victim: Victim, _: Place, round: number): Promise<void> {
  await sleep((round * LAST_MS * GOLDEN) % LAST_MS);
  victim.kill('SIGKILL');
}

/** Multiples of it fill an interval evenly, however many there are. */
const GOLDEN = 0.618_034;

/** While claude is started: in the moment in which the private folder is made, and in those that follow. */
async function afterTheFolder(victim: Victim, { temporary }: Place, round: number): Promise<void> {
  const isMade = (): boolean => readdirSync(temporary).some((name) => name.startsWith('sluice-'));
  await new Promise<void>((resolve) => {
    const watcher = watch(temporary, look);
    function look(): void {
      if (!isMade()) return;
      watcher.close();
      resolve();
    }
    // On a busy machine it may be there before it is watched for.
    look();
  });
  if (round > 0) await sleep((round * SPAWNED_MS * GOLDEN) % SPAWNED_MS);
  victim.kill('SIGKILL');
}

/** Claude does it. */
async function byItself(victim: Victim): Promise<void> {
  await victim.ended;
}

export const STARTS: readonly Start[] = [
  { name: 'fake, at some moment', claude: fake, strike: atSomeMoment },
  { name: 'fake, after the folder', claude: fake, strike: afterTheFolder },
  { name: 'daemon first, after the folder', claude: (place) => shell(place, daemon(place)), strike: afterTheFolder },
  { name: 'daemon first, at some moment', claude: (place) => shell(place, daemon(place)), strike: atSomeMoment },
  {
    name: 'daemon first, then kills sluice',
    claude: (place) => shell(place, `${daemon(place)}\nkill -KILL $PPID`),
    strike: byItself,
  },
  {
    name: 'kills sluice first, then daemon',
    claude: (place) => shell(place, `kill -KILL $PPID\n${daemon(place)}`),
    strike: byItself,
  },
  { name: 'real, at some moment', strike: atSomeMoment },
];

function fake({ home, token }: Place): string {
  const steps = JSON.stringify([...begin, { hang: true }]);
  return program(home, `FAKE_CLAUDE='${steps}' exec '${process.execPath}' '${FAKE_CLAUDE}' ${token}`);
}

/** A shell that does something before all else, and then works on. */
function shell({ home, token }: Place, first: string): string {
  return program(home, `${first}\nsleep ${token}`);
}

/** One that only the limit can tell as the run's. */
function daemon({ token }: Place): string {
  return `env -i setsid sleep ${token} </dev/null >/dev/null 2>&1 &`;
}

function program(home: string, script: string): string {
  const path = join(home, 'claude');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
