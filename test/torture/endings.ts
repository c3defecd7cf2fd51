import { linkSync, copyFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import type { Victim } from './start-victim.ts';
import { processOf } from './process-table.ts';
import { until } from './until.ts';

/** A way in which a run ends. */
export interface Ending {
  readonly name: string;
  /**
   * What claude does by then: `done`, it has left the child behind and given its answer; `busy`, a tool is running;
   * `talking`, it has left the child behind and says something long.
   */
  readonly meanwhile: 'done' | 'busy' | 'talking';
  /** Options of sluice's that it takes. */
  readonly options?: readonly string[];
  /** When it comes by itself, and the option that has it come so many milliseconds after the start or the child. */
  readonly due?: { readonly after: 'start' | 'child'; readonly option: string; readonly ms: number };
  /** Runs sluice by another node. */
  readonly node?: (place: Place) => string;
  /** Needs a shell with jobs around sluice. */
  readonly asJob?: true;
  /** Brings it about once the child is there. */
  readonly strike?: (victim: Victim) => Promise<void>;
  /** The exit code; null where sluice has no say. */
  readonly exitCode: number | null;
}

export const ENDINGS: readonly Ending[] = [
  { name: 'success', meanwhile: 'done', exitCode: 0 },
  {
    name: 'timeout',
    meanwhile: 'busy',
    due: { after: 'start', option: '--timeout=', ms: 6_000 },
    exitCode: 124,
  },
  {
    name: 'idle',
    meanwhile: 'busy',
    due: { after: 'child', option: '--idle-timeout=tool=', ms: 3_000 },
    exitCode: 124,
  },
  { name: 'SIGINT', meanwhile: 'busy', strike: by('SIGINT'), exitCode: 130 },
  {
    name: 'SIGINT x2',
    meanwhile: 'busy',
    strike: async (victim) => {
      victim.kill('SIGINT');
      await sleep(150);
      victim.kill('SIGINT');
    },
    exitCode: 130,
  },
  { name: 'SIGTERM', meanwhile: 'busy', strike: by('SIGTERM'), exitCode: 143 },
  { name: 'SIGHUP', meanwhile: 'busy', strike: by('SIGHUP'), exitCode: 129 },
  {
    name: 'Ctrl-Z, fg, SIGINT',
    asJob: true,
    meanwhile: 'busy',
    strike: async (victim) => {
      victim.kill('SIGTSTP');
      await until('sluice is stopped', () => processOf(victim.pid)?.state === 'T');
      await sleep(300);
      victim.kill('SIGCONT');
      await sleep(300);
      victim.kill('SIGINT');
    },
    exitCode: 130,
  },
  {
    name: 'reader gone',
    meanwhile: 'talking',
    options: ['--ndjson', '--include-partial-messages'],
    strike: async (victim) => victim.leave(),
    exitCode: 141,
  },
  { name: 'crash', meanwhile: 'busy', strike: by('SIGSEGV'), exitCode: null },
  { name: 'SIGKILL', meanwhile: 'busy', strike: by('SIGKILL'), exitCode: null },
  {
    name: 'guardian, SIGKILL',
    meanwhile: 'busy',
    strike: async (victim) => {
      const guardian = victim.guardian();
      if (guardian === null) throw new Error('sluice has no guardian');
      process.kill(guardian.pid, 'SIGKILL');
      await sleep(1_000);
      victim.kill('SIGKILL');
    },
    exitCode: null,
  },
  {
    name: 'node gone, SIGKILL',
    meanwhile: 'busy',
    node: anotherNode,
    strike: async (victim) => {
      unlinkSync(victim.node);
      victim.kill('SIGKILL');
    },
    exitCode: null,
  },
];

function by(signal: NodeJS.Signals): (victim: Victim) => Promise<void> {
  return async (victim) => victim.kill(signal);
}

/** A node under another path, which is as good as a copy once it is unlinked. */
function anotherNode({ home }: Place): string {
  const path = join(home, 'node');
  try {
    linkSync(process.execPath, path);
  } catch {
    // Links don't reach other file systems, nor files of other users.
    copyFileSync(process.execPath, path);
  }
  return path;
}
