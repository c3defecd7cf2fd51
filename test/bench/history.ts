import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { type Driver, findDriver } from '../../src/runs/disk/database.ts';
import { createDiskIndex } from '../../src/runs/disk/disk-index.ts';
import { openHistory } from '../../src/runs/disk/history.ts';
import { openRunsDatabase } from '../../src/runs/disk/runs-database.ts';
import { openStateFolder } from '../../src/runs/disk/state-folder.ts';
import { figuresOf, openingEntry } from '../../src/runs/run-entry.ts';
import type { Report } from '../../src/outcome/report-schema.ts';
import type { BenchFolder } from './bench-folder.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { atMost, type Figure } from './figure.ts';
import { inRounds } from './rounds.ts';
import { median } from './statistics.ts';
import { type Command, timeCommand, type Timing } from './time-command.ts';

const RUNS = 10_000;
const MOST_MS = 200;

/** As installed: a copy elsewhere would lack what is installed beside it. */
const SLUICE = join(import.meta.dirname, '../../bin/sluice.js');

const LOOKS = {
  'list 30 runs': [],
  'search for a word of every run': ['search', 'deploy'],
  'search for a word of one run': ['search', 'needle-5000'],
  'search for two letters': ['search', 'zq'],
  'add up costs by day': ['cost'],
} as const;

/** (k) What it takes to look through a history of 10,000 runs: the whole command, and what of it is not the start of node. */
export async function benchHistory({ path }: BenchFolder, rounds: number): Promise<Figure[]> {
  const env = { ...cleanEnvironment(path), XDG_STATE_HOME: join(path, 'history') };
  const folder = join(env.XDG_STATE_HOME, 'sluice');
  const driver = await findDriver();
  fill(folder, driver);
  const inside = await insideOf(folder, driver, rounds);
  const figure = (what: string, values: readonly number[], most?: number): Figure => ({
    part: 'k',
    what: `${what}, ${RUNS} runs, ${driver.name}`,
    value: median(values),
    unit: 'ms',
    ...(most === undefined ? {} : { target: atMost(most) }),
  });
  const commands = Object.entries(LOOKS).map(([what, words]): [string, () => Promise<Timing>] => {
    const command: Command = [process.execPath, SLUICE, 'history', ...words];
    return [what, () => timeCommand(command, env, path)];
  });
  const timings = await inRounds(rounds, Object.fromEntries(commands));
  return Object.entries(timings).flatMap(([what, samples]) => [
    figure(
      `${what}: wall`,
      samples.map(({ wall }) => wall),
      what.startsWith('add up') ? undefined : MOST_MS,
    ),
    figure(
      `${what}: CPU`,
      samples.map(({ cpu }) => cpu),
    ),
    ...(inside[what] === undefined ? [] : [figure(`${what}: in the store alone`, inside[what])]),
  ]);
}

async function insideOf(folder: string, driver: Driver, rounds: number): Promise<Readonly<Record<string, number[]>>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [what, [action, ...texts]] of Object.entries(LOOKS)) {
      const start = performance.now();
      const history = await openHistory({ folder, onFault, driver });
      if (action === 'cost') history.costs({}, 'day');
      else history.list({ texts }, 30);
      history.close();
      (times[what] ??= []).push(performance.now() - start);
    }
  }
  return times;
}

function onFault(error: unknown): never {
  throw error;
}

/** Puts runs into a state folder, with prompts and answers of some 3 kB together. */
function fill(given: string, driver: Driver): void {
  const database = openRunsDatabase(driver, openStateFolder(given).database, onFault);
  const index = createDiskIndex(database, '', 'cli');
  for (let start = 0; start < RUNS; start += 1_000) {
    database.together(() => {
      for (let nth = start; nth < start + 1_000; nth++) {
        const runId = crypto.randomUUID();
        const receivedAt = new Date(Date.now() - (RUNS - nth) * 300_000).toISOString();
        const prompt = `Why did the deploy of needle-${nth} fail? ${words(nth, 80)}`;
        index.add(
          openingEntry({
            runId,
            subject: 'command line',
            asked: { cwd: `/home/ann/project-${nth % 20}`, request: { prompt } },
            givenOut: { maxMessages: null, maxChars: null, noSystemMessages: false },
            labels: { team: `team ${nth % 7}` },
            key: null,
            digest: '',
            sessionId: null,
            receivedAt,
            callback: null,
          }),
        );
        const report = reportOf(runId, receivedAt, words(nth * 7, 350));
        index.change(runId, {
          state: 'finished',
          startedAt: receivedAt,
          endedAt: receivedAt,
          ended: 'finished',
          ...figuresOf(report),
        });
      }
    });
  }
  index.close();
}

const WORDS =
  'error config file app log stack trace null pointer timeout retry budget session tool call bash read write edit grep test suite passed refactor module import export function variable database query index table'.split(
    ' ',
  );

function words(seed: number, count: number): string {
  let state = seed + 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 11 === 0 ? String(state) : (WORDS[state % WORDS.length] ?? '');
  }).join(' ');
}

function reportOf(runId: string, startedAt: string, summary: string): Report {
  return {
    schemaVersion: 1,
    runId,
    sessionId: crypto.randomUUID(),
    startedAt,
    executionTime: 64_000,
    partial: false,
    result: { success: true, summary },
    outcome: {
      class: 'success',
      exitCode: 0,
      retryable: false,
      message: 'done',
      warnings: [],
      evidence: {
        exitCode: 0,
        signal: null,
        resultSubtype: 'success',
        isError: false,
        apiErrorStatus: null,
        apiError: null,
        terminalReason: null,
        results: 1,
        tornTail: false,
        stoppedBy: null,
      },
    },
    redactions: { total: 0, byKind: {} },
    usage: { inputTokens: 1_000, outputTokens: 500, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
    totalCostUsd: 0.0123,
    numTurns: 3,
    modelUsage: { 'claude-opus-4-8': { costUSD: 0.0123 } },
    tools: [{ name: 'Bash', calls: 2, errors: 0 }],
    permissionDenials: [],
    claude: {
      version: '2.1.332',
      path: '/usr/bin/claude',
      model: 'claude-opus-4-8',
      cwd: '/home/ann',
      permissionMode: 'default',
      apiKeySource: 'none',
      cpuMs: 900,
      peakMemoryBytes: 200_000_000,
      exit: { code: 0, signal: null },
      stderr: '',
    },
    attempts: [],
  };
}
