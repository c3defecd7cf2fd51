import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { RETRYABLE } from '../../../src/outcome/classes.ts';
import { IS_PINNED } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { oddMachine } from '../../support/odd-machine.ts';
import { reprinting } from '../../support/recordings.ts';
import { remainsOf } from '../../support/remains.ts';
import { type Finished, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';
import type { Fault } from './fault.ts';

type Bundle = ReturnType<Finished['bundle']>;

/** How a run with a fault ended. */
export interface Played {
  /** Null where sluice did not live to tell. */
  readonly class: string | null;
  readonly exitCode: number | null;
  /** Null where no bundle tells. */
  readonly partial: boolean | null;
  /** Its message, its warnings and what it said on stderr. */
  readonly told: string;
  /** Processes, files in the temporary folder, and files that were still open when sluice exited. */
  readonly left: readonly string[];
}

/** What is printed unless a fault says otherwise, by where the bundle is looked for. */
const FORMAT = { stdout: '--json', file: '--ndjson', none: '--ndjson' } as const;

/** Whether a fault is played in the test's own process, as those are that are in words alone: one at a time. */
export function isPlayedHere({ recording, isInWords = false }: Fault): boolean {
  return isInWords || (recording !== undefined && IS_PINNED);
}

/** Runs sluice with a fault, to its end and that of all it started. */
export async function play(fault: Fault): Promise<Played> {
  const { flags = [], script, recording, machine, bundle: place = 'stdout' } = fault;
  const home = freshHome();
  const openFiles = join(home.path, 'open-files');
  const how = typeof fault.how === 'function' ? fault.how(home) : fault.how;
  const format = flags.includes('-o') ? [] : [FORMAT[place]];
  const bundle = place === 'file' ? ['--bundle', 'bundle.json'] : [];
  const args = ['hi', ...format, ...bundle, ...flags];

  async function finish(): Promise<Finished> {
    if (isPlayedHere(fault)) {
      return sluiceHere(args, { home, ...how, ...(recording === undefined ? {} : { fake: reprinting(recording) }) });
    }
    const run = startSluice(args, {
      home,
      ...(script === undefined ? {} : { api: await stub(script) }),
      ...how,
      env: { ...oddMachine({ openFiles, ...machine }), ...how?.env },
    });
    await fault.during?.(run);
    return run.finished;
  }

  const finished = await finish();
  const { exitCode, signal, stderr } = finished;
  const ending = endingOf(place, finished);
  const { message = '', warnings = [] } = ending?.outcome ?? {};
  const left = [...(await remainsOf(home)), ...linesOf(openFiles)];
  const code = exitCode ?? (signal === null ? null : 128 + constants.signals[signal]);
  if (ending !== null && ending.outcome.exitCode !== code) {
    throw new Error(`exit code ${code}, but the bundle says ${JSON.stringify(ending.outcome)}: ${stderr}`);
  }
  if (ending !== null && script !== undefined) expectConsistent(ending, stderr);
  return {
    class: ending?.outcome.class ?? /^sluice: (\w+):/m.exec(stderr)?.[1] ?? null,
    exitCode: code,
    partial: ending?.partial ?? null,
    told: [message, ...warnings, stderr].join('\n'),
    left,
  };
}

/** What the API did is told in one way wherever it is told, and nobody asks it again where that can't help. */
function expectConsistent({ outcome, result, attempts }: Bundle, stderr: string): void {
  const isSuccess = outcome.class === 'success';
  expect(outcome.retryable).toBe(RETRYABLE.has(outcome.class));
  expect(result.success).toBe(isSuccess);
  if (isSuccess) return;
  expect(result.error).toMatch(/./);
  expect(stderr).toMatch(new RegExp(`(?:^|\\n)sluice: ${outcome.class}: .+\\n(?:sluice: to go on: .+\\n)?$`));
  if (!outcome.retryable) expect(attempts.filter(({ by }) => by === 'sluice')).toEqual([]);
}

function endingOf(place: keyof typeof FORMAT, finished: Finished): Bundle | null {
  if (place === 'none') return null;
  try {
    return place === 'file' ? finished.bundleFile('bundle.json') : finished.bundle();
  } catch (error) {
    throw new Error(`no bundle, exit code ${finished.exitCode}: ${finished.stderr}`, { cause: error });
  }
}

/** None where sluice had no chance to write the file. */
function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
