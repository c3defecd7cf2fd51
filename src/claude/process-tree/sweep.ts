import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors.ts';
import { GUARDIAN_NAME } from './guardian-script.ts';
import { identityOf } from './members.ts';
import type { ProcessEntry } from './process-table.ts';
import { GUARDIANS_SPARED_MS, KILLING_MS, SETTLING_MS } from '../graces.ts';
import { monotonicMs } from '../../system/monotonic.ts';

/** What a sweep did, as names of commands, each as often as there were processes. */
export interface Swept {
  readonly ended: readonly string[];
  readonly left: readonly string[];
  /** Why no process could be seen; absent where some could, or none was there. */
  readonly unseen?: string;
}

/** How a sweep sees and reaches processes. */
export interface Reach {
  /** What is to be ended. @throws when that can't be told now */
  find(): readonly ProcessEntry[];
  /** Sends a signal to a process if it is still the same; false when that isn't allowed to us. */
  kill(entry: ProcessEntry, signal: NodeJS.Signals): boolean;
}

/** How long to wait between two looks, in milliseconds: for a process that cleans up, and for one that was killed. */
const PATIENT_MS = 25;
const HASTY_MS = 5;

/** How many looks in a row have to find nothing where something was found before: who forks fast is easily missed. */
const LOOKS_AFTER_A_FIND = 10;

/**
 * Ends processes: SIGTERM, `graceMs` to clean up, SIGKILL. Done when two looks in a row find none, since one may miss a
 * process that is just being started, and a few more where one was found. With no grace there is no SIGTERM.
 */
export async function sweep({ find, kill }: Reach, graceMs: number): Promise<Swept> {
  const begun = monotonicMs();
  const settled = begun + Math.min(SETTLING_MS, graceMs);
  const patient = settled + graceMs;
  const spared = patient + GUARDIANS_SPARED_MS;
  const over = patient + KILLING_MS;
  const told = new Map<string, ProcessEntry>();
  const denied = new Set<string>();
  let asked = false;
  let last: readonly ProcessEntry[] = [];
  let hasSeen = false;
  let obstacle = '';

  /** Null for a look that failed, as with no descriptor left: that is no sign of being done. */
  function look(): readonly ProcessEntry[] | null {
    try {
      last = find();
      hasSeen = true;
      return last;
    } catch (error) {
      obstacle = messageOf(error);
      return null;
    }
  }

  function tell(entry: ProcessEntry, signal: NodeJS.Signals): void {
    const identity = identityOf(entry);
    told.set(identity, entry);
    if (!kill(entry, signal)) denied.add(identity);
  }

  /** Once: what is started from now on helps to clean up. */
  function ask(entries: readonly ProcessEntry[]): void {
    asked = true;
    for (const entry of entries) {
      tell(entry, 'SIGTERM');
      // One that is stopped would learn of it only then.
      kill(entry, 'SIGCONT');
    }
  }

  for (let clean = 0; clean < (told.size === 0 ? 2 : LOOKS_AFTER_A_FIND);) {
    const now = monotonicMs();
    const found = look();
    // Waiting for what we may not end would be in vain.
    if (found?.every((entry) => denied.has(identityOf(entry)))) {
      clean += 1;
      if (told.size > 0) await sleep(HASTY_MS);
      continue;
    }
    clean = 0;
    if (now >= over) break;
    const others = withoutGuardians(last);
    if (now >= patient) for (const entry of now < spared ? others : last) tell(entry, 'SIGKILL');
    else if (now >= settled && !asked) ask(others);
    await sleep(now < patient ? PATIENT_MS : HASTY_MS);
  }

  const left = new Set(last.map(identityOf));
  const ended = [...told].filter(([identity]) => !left.has(identity)).map(([, entry]) => entry);
  return { ended: namesOf(ended), left: namesOf(last), ...(hasSeen ? {} : { unseen: obstacle }) };
}

/** Processes without the guardians and what these run to clean up: a folder stays where its `rm` is killed. */
export function withoutGuardians(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const guardians = new Set(entries.filter(({ name }) => name === GUARDIAN_NAME).map(({ pid }) => pid));
  return entries.filter(({ pid, parent }) => !guardians.has(pid) && !guardians.has(parent));
}

/** What Node 24 calls its processes, by their first thread. */
const NODE_THREAD = 'MainThread';

/** The names of processes. */
export function namesOf(entries: readonly ProcessEntry[]): readonly string[] {
  return entries.map(({ name }) => (name === NODE_THREAD ? 'node' : name));
}
