import { resolve } from 'node:path';
import { carryOut } from '../../batch/batch.ts';
import { createGovernor } from '../../batch/governor.ts';
import { defaultConcurrency, defaultSpares } from '../../batch/local/default-concurrency.ts';
import { openLocalCarrier } from '../../batch/local/local-carrier.ts';
import type { Observer } from '../../batch/observer.ts';
import { openFinalFiles } from '../../batch/outputs/final-files.ts';
import { type Summary, summaryOf } from '../../batch/outputs/summary.ts';
import { summaryTable } from '../../batch/outputs/summary-table.ts';
import { keepTally } from '../../batch/progress/tally.ts';
import { openStore, type StorePaths, storePaths } from '../../batch/store.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { INTERRUPT_EXIT_CODES } from '../../outcome/classes.ts';
import { flagOf } from '../../request/flag.ts';
import { RUNNING } from '../../request/run-options/running.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Budget } from '../../run/budget.ts';
import { createRedactor, type RedactorOptions } from '../../secrets/redactor.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import type { FileLock } from '../../system/file-lock.ts';
import { randomUuid } from '../../system/random-uuid.ts';
import { keepHeapSteady } from '../../system/steady-heap.ts';
import type { Template } from '../../templates/template.ts';
import { batchEnding } from '../batch/batch-ending.ts';
import { passedOver, planOf, rejectFlagsOfOneRun } from '../batch/batch-plan.ts';
import { openBatchItems } from '../batch/batch-items.ts';
import { type BatchSignals, heedSignals } from '../batch/batch-signals.ts';
import { type Voice, voiceOn } from '../batch/voice.ts';
import { openBatchProgress } from '../batch/open-batch-progress.ts';
import type { openWorkers, Workers } from '../batch/open-workers.ts';
import type { Io } from '../io.ts';
import { checkOutputFiles, type OutputFile } from '../output/check-output-files.ts';
import type { Invocation } from '../program.ts';
import { printsJson } from '../settings/prints-json.ts';
import { budgetOf } from '../settings/budget-of.ts';
import { checkRun } from '../settings/check-run.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { flagName } from '../settings/flag-name.ts';
import { lockOf } from '../settings/lock-of.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { originsOf, requestOf } from '../settings/settings.ts';

/** Runs the items of a batch that are not done yet, when it is its turn. Returns the exit code. @throws SluiceError */
export async function batchCommand(
  invocation: Invocation,
  settings: Settings,
  io: Io,
  template: Template | null,
): Promise<number> {
  keepHeapSteady();
  rejectFlagsOfOneRun(invocation.flags);
  checkRun(invocation, settings);
  // Asked again by what prints: here, formats that are for runs are refused.
  printsJson(invocation, 'batch');
  const voice = voiceOn(io);
  const tell = (text: string): void => voice.say(`sluice: ${oneLine(text)}`);
  const signals = heedSignals(io, () => tell('no more items begin; again to stop those that run'));
  const unheeded = passedOver(settings);
  if (unheeded.length > 0 && read(settings, OPTION.quiet) !== true)
    tell(`${unheeded.join(', ')}: for one run, not for sluice batch; passed over`);
  let locks: readonly FileLock[] = [];
  try {
    locks = await lockOf(settings, io, signals.drain, tell);
    return await runBatch(invocation, settings, { signals, voice }, io, template);
  } catch (error) {
    const signal = signals.first();
    if (signal !== null && error === signal) return INTERRUPT_EXIT_CODES[signal];
    throw error;
  } finally {
    for (const lock of locks) await lock.release();
  }
}

async function runBatch(
  invocation: Invocation,
  settings: Settings,
  { signals, voice }: { readonly signals: BatchSignals; readonly voice: Voice },
  io: Io,
  template: Template | null,
): Promise<number> {
  const plan = planOf(settings);
  const out = read(settings, OPTION.batchOut);
  const isDry = read(settings, OPTION.dryRun) === true;
  if (out === undefined && !isDry)
    throw new SluiceError(
      'usage',
      '--out: say where results go, a file that ends in .jsonl or a folder; or see with --dry-run',
    );
  const redaction = await redactorOptions(declaredSecrets(settings), io, signals.stop);
  const redactor = createRedactor({ env: io.env, ...redaction });
  const mask = (text: string): string => oneLine(redactor.redact(text).text);
  const base = baseOf(settings);
  const items = await openBatchItems(invocation, { settings, base, template, redactor, signal: signals.stop }, io);
  if (out === undefined || isDry) {
    const { batchDryRun } = await import('../batch/batch-dry-run.ts');
    return batchDryRun({ ...items, plan }, redactor, io);
  }

  checkOutputFiles(filesOf(settings, storePaths(resolve(io.cwd, out))), items.inputs, io);
  const files = openFinalFiles(
    {
      csv: pathOf(settings, OPTION.batchCsv, io),
      sarif: pathOf(settings, OPTION.sarif, io),
      summary: pathOf(settings, OPTION.batchSummary, io),
      report: pathOf(settings, OPTION.batchReport, io),
    },
    resolve(io.cwd, base.cwd ?? '.'),
  );
  const say = (text: string): void => voice.say(`sluice: ${mask(text)}`);
  const workers = await workersOf(invocation, settings, redactor, say, signals.drain);
  const store = await openStore(resolve(io.cwd, out), mask(items.source), workers?.queued ?? null);
  try {
    const begun = new Date();
    const { observer, tally } = keepTally(() => performance.now());
    const progress = await openBatchProgress(tally, settings, io);
    voice.tellBy(progress);
    const budget = workers === null ? await budgetOf(settings, randomUuid, io, say) : null;
    const carrier =
      workers === null
        ? await openCarrier(settings, base, { redactor: redaction, budget }, signals, io)
        : await workers.carrierOf(store.journal, plan.again.uncertain);
    const telling: Observer = {
      ...observer,
      bad(row) {
        observer.bad(row);
        say(`${row.where}: ${row.problem}`);
      },
    };
    const conclusion = await carryOut({
      ...store,
      rows: items.rows,
      carrier,
      governor: createGovernor(
        workers === null ? concurrencyOf(settings) : (read(settings, OPTION.batchConcurrency) ?? IN_QUEUE),
      ),
      observer: telling,
      plan,
      drain: signals.drain,
      stop: signals.stop,
    });
    voice.tellBy(null);
    progress.end();
    await carrier.close();
    if (tally.rows === 0 && signals.first() === null) say(`there is no item in ${items.source}; nothing was run`);
    const { exitCode, why } = batchEnding(conclusion, tally, signals.first());
    const summary = summaryOf(tally, { source: items.source, out, begun, exitCode, why, store }, mask);
    try {
      await store.settle(summary.letters);
      await files.write(summary, () => store.results.read(store.counts));
    } finally {
      // Also where they can't be written: runs have been paid for.
      await print(summary, settings, io);
    }
    return exitCode;
  } finally {
    await store.close();
  }
}

/** All that are written. */
function filesOf(settings: Settings, { out, journal, failed }: StorePaths): readonly OutputFile[] {
  const made = [OPTION.batchCsv, OPTION.sarif, OPTION.batchSummary, OPTION.batchReport].flatMap((option) => {
    const path = read(settings, option);
    return path === undefined ? [] : [[flagOf(option), path] as const];
  });
  return [...[out, journal, failed].map((path) => ['--out', path] as const), ...made];
}

/** What all items ask. A usage limit is everybody's, and is waited for. */
function baseOf(settings: Settings): RunRequest {
  const request = requestOf(settings);
  return settings.get(RUNNING.waitForReset.name)?.from === 'default'
    ? { ...request, waitForReset: LONGEST_RESET_MS }
    : request;
}

/** A week, which is the longest that there is. */
const LONGEST_RESET_MS = 7 * 24 * 3_600_000;

/** How many items are in a queue at once: the workers say how many of them run. */
const IN_QUEUE = 256;

/** Null where items are carried out here. */
async function workersOf(
  ...[invocation, settings, redactor, say, signal]: Parameters<typeof openWorkers>
): Promise<Workers | null> {
  if (read(settings, OPTION.queue) === undefined) return null;
  return (await import('../batch/open-workers.ts')).openWorkers(invocation, settings, redactor, say, signal);
}

function concurrencyOf(settings: Settings): number {
  return read(settings, OPTION.batchConcurrency) ?? defaultConcurrency();
}

function openCarrier(
  settings: Settings,
  base: RunRequest,
  { redactor, budget }: { readonly redactor: RedactorOptions; readonly budget: Budget | null },
  { force }: BatchSignals,
  io: Io,
): ReturnType<typeof openLocalCarrier> {
  return openLocalCarrier({
    base,
    host: {
      env: io.env,
      origins: originsOf(settings),
      nameOption: flagName,
      redactor,
      ...(budget === null ? {} : { budget }),
      forceStop: force,
      suspension: io.suspension,
    },
    spares: read(settings, OPTION.batchSpares) ?? defaultSpares(concurrencyOf(settings)),
    patches: pathOf(settings, OPTION.patches, io),
  });
}

function pathOf(
  settings: Settings,
  option: (typeof OPTION)['patches' | 'sarif' | 'batchCsv' | 'batchSummary' | 'batchReport'],
  { cwd }: Io,
): string | null {
  const path = read(settings, option);
  return path === undefined ? null : resolve(cwd, path);
}

async function print(summary: Summary, settings: Settings, { stdout, stderr }: Io): Promise<void> {
  if (summary.endedEarly !== null) await stderr.write(`sluice: ${summary.endedEarly}\n`);
  const isJson = read(settings, OPTION.output) === 'json';
  await stdout.write(isJson ? `${escapeJson(summary)}\n` : summaryTable(summary));
  await Promise.all([stdout.flush(), stderr.flush()]);
}
