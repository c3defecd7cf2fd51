import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { createProcessTree, type ProcessTree } from '../../../../src/claude/process-tree/process-tree.ts';
import { createMarker, type Marker } from '../../../../src/claude/process-tree/marker.ts';
import { queueLimitOf } from '../../../../src/system/process-files.ts';
import { markingCommand } from './marking-command.ts';

/** Long enough for a machine that does seven other things. */
export const PATIENCE = { timeout: 20_000, interval: 20 };

/** A shell in claude's place, with what it starts. */
export interface Household {
  readonly marker: Marker;
  readonly processTree: ProcessTree;
  readonly folder: string;
  readonly claude: ChildProcess;
  /** In the command line of each process of the test, and of no other. */
  readonly tag: string;
  /** Lets the shell go through its script, and waits for its exit. */
  live(): Promise<void>;
}

/** How a household differs from others. */
export interface HouseholdOptions {
  /** What is done once the limits are set; `$TAG` seconds are more than any test takes. */
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a household as sluice would, which the end of the test ends. */
export async function startHousehold({ script, env = {}, cwd = '/' }: HouseholdOptions): Promise<Household> {
  const tag = newTag();
  const folder = newFolder();
  const marker = createMarker(env);
  const processTree = createProcessTree(marker);
  processTree.guard();
  processTree.own(folder);
  const [name, value] = marker.variable;
  const [program, ...args] = [...markingCommand(marker), '/bin/sh', '-c', `read -r go\n${script}`];
  const claude = spawn(program, args, {
    cwd,
    detached: true,
    env: { ...env, PATH: process.env['PATH'], TAG: tag, [name]: value },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const { pid } = claude;
  if (pid === undefined) throw new Error('no shell');
  processTree.adopt(claude);
  onTestFinished(() => {
    endProcessesWith(tag);
    processTree.dismiss();
  });
  await vi.waitFor(() => expect(queueLimitOf(pid)).toEqual(marker.limit), PATIENCE);
  return {
    marker,
    processTree,
    folder,
    claude,
    tag,
    async live() {
      const exit = once(claude, 'exit');
      claude.stdin?.end('go\n');
      await exit;
    },
  };
}

/** A number of seconds that nobody else sleeps. */
export function newTag(): string {
  return `${randomInt(10_000, 99_999)}.${randomInt(1e9, 1e10)}`;
}

/** A folder with a file in it, which goes away with the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice survivors' "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'file'), '');
  return folder;
}

/** A process as another program than sluice would find it. */
export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/** Those with a text in their command line; zombies have none. */
export function processesWith(text: string): readonly FoundProcess[] {
  return pids()
    .map((pid) => ({ pid, command: commandOf(pid) }))
    .filter(({ command }) => command.includes(text));
}

/** Ends those with a text in their command line or their environment, and what these start meanwhile. */
export function endProcessesWith(text: string): void {
  for (let clean = 0; clean < 2;) {
    const found = pids().filter((pid) => `${commandOf(pid)}${contentOf(`/proc/${pid}/environ`)}`.includes(text));
    clean = found.length === 0 ? clean + 1 : 0;
    for (const pid of found) kill(pid);
  }
}

/** Whether a process runs; a zombie doesn't. */
export function exists(pid: number): boolean {
  return commandOf(pid) !== '';
}

/** Ends a process, if there is one. */
export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, which is as well.
  }
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
}

function commandOf(pid: number): string {
  return contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
