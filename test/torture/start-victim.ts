import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { AS_JOB } from '../support/as-job.ts';
import type { Place } from './place.ts';
import { processIds } from '../support/processes.ts';
import { descendantsOf, type Process, processesOf, variableOf } from './process-table.ts';

/** A sluice that is to be ended. */
export interface Victim {
  readonly pid: number;
  /** The node that runs it. */
  readonly node: string;
  /** When it was started, as `performance.now()` tells it. */
  readonly startedAt: number;
  /** How it ended: a code, or the signal that it died of. */
  readonly ended: Promise<Exit>;
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading its stdout. */
  leave(): void;
  /** All that runs below it now. */
  descendants(): readonly Process[];
  /** Its claude, unless that is not there yet, or gone. */
  claude(): Process | null;
  /** Its guardian, unless that is not there yet, or gone. */
  guardian(): Process | null;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The name that the guardian runs under, its last argument. */
const GUARDIAN = ' sluice-guardian';

const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));

/** Where and by what sluice is run. */
export interface Surroundings {
  readonly place: Place;
  readonly claude: string;
  readonly url: string;
  readonly node: string;
  /** Whether a shell runs it that could let it go on when it is stopped. */
  readonly asJob: boolean;
}

/** Starts the built sluice on a claude, in a place of its own and with nothing inherited but `PATH`. */
export function startVictim(args: readonly string[], { place, claude, url, node, asJob }: Surroundings): Victim {
  const startedAt = performance.now();
  const [program = node, ...rest] = [...(asJob ? AS_JOB : []), node];
  const child = spawn(program, [...rest, SLUICE, ...args], {
    cwd: place.project,
    env: {
      // The guardian inherits nothing else, and is nobody's child: it is known by the last folder.
      PATH: [dirname(process.execPath), process.env['PATH'], place.home].join(delimiter),
      HOME: place.home,
      TMPDIR: place.temporary,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-fake-0000',
      DISABLE_TELEMETRY: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      // As root, claude lets nothing but a sandbox do without asking.
      IS_SANDBOX: '1',
      SLUICE_CLAUDE_PATH: claude,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Not its `close`: what a child of it holds open is not its own.
  const ended = once(child, 'exit').then(() => ({ code: child.exitCode, signal: child.signalCode }));
  const stderr: Buffer[] = [];
  child.stdout.on('data', () => {});
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${node} could not be started`);

  const descendants = (): readonly Process[] => descendantsOf(pid, processesOf(processIds()));
  const children = (): readonly Process[] => descendants().filter(({ parent }) => parent === pid);

  return {
    pid,
    node,
    startedAt,
    ended,
    stderr: () => Buffer.concat(stderr).toString(),
    // Once it is gone, its id may be somebody else's.
    kill: (signal) => void (isGone(child) || send(pid, signal)),
    leave: () => void child.stdout.destroy(),
    descendants,
    claude: () => children().find((process) => variableOf(process, 'CLAUDE_CODE_TMPDIR') !== null) ?? null,
    guardian: () => processesOf(processIds()).find((process) => isGuardian(process, place)) ?? null,
  };
}

function isGone({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

function isGuardian(process: Process, { home }: Place): boolean {
  return process.commandLine.endsWith(GUARDIAN) && variableOf(process, 'PATH')?.endsWith(home) === true;
}
