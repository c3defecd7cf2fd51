import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { FoundRun, History, PastRun } from '../../runs/disk/history.ts';
import { createPaint, type Paint } from '../../sinks/pretty/theme.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';
import { formatOf } from '../output/open-sinks.ts';
import { costPlot } from '../output/cost-plot.ts';
import { folderOf, historyTable, promptOf, shortTime } from '../output/history-table.ts';
import type { Invocation } from '../program.ts';
import { openUsersHistory } from '../service/open-users-history.ts';
import type { ActionOf } from './first-words.ts';
import { actionOf } from '../settings/action-of.ts';
import { checkFlags } from '../settings/history-actions.ts';
import { historyFilterOf } from '../settings/history-filter.ts';
import { keepLimitsOf } from '../settings/keep-limits.ts';
import { printsJson } from '../settings/prints-json.ts';
import { loadSettings } from '../settings/settings.ts';
import { colorLevel } from '../terminal/color-level.ts';
import { runCommand } from './run.ts';

/**
 * Lists, searches, shows, goes on with, adds up and forgets runs that were kept. Returns the exit code: that of the run
 * where one is shown or gone on with. @throws SluiceError `usage`
 */
export async function historyCommand(invocation: Invocation, settings: Settings, io: Io): Promise<number> {
  const [word, ...words] = invocation.operands;
  const action = actionOf('history', word);
  checkFlags(action, invocation);
  const history = await openUsersHistory(io);
  const asked: Asked = { invocation, settings, io, history, words };
  try {
    switch (action) {
      case 'list':
        return await list(asked, []);
      case 'search':
        if (words.length === 0) throw new SluiceError('usage', 'sluice history search: say what to look for');
        return await list({ ...asked, words: [] }, words);
      case 'cost':
        return await cost(asked);
      case 'prune':
        return await prune(asked);
      case 'show':
        return await show(asked);
      case 'resume':
        return await resume(asked);
      default:
        return action satisfies never;
    }
  } finally {
    history?.close();
  }
}

/** What each action is called with. */
interface Asked {
  readonly invocation: Invocation;
  readonly settings: Settings;
  readonly io: Io;
  /** Null where nothing was ever kept. */
  readonly history: History | null;
  /** The words behind the name of the action. */
  readonly words: readonly string[];
}

const NO_COSTS = { groups: [], total: { usd: 0, runs: 0 } };

const NOTHING = { runs: [], more: false };

async function list({ invocation, settings, io, history, words }: Asked, texts: readonly string[]): Promise<number> {
  refuseWords(words, 'to look for words, say sluice history search');
  const filter = historyFilterOf(invocation, settings, io.cwd, texts);
  const limit = read(settings, OPTION.historyLimit);
  const { runs, more } = history?.list(filter, limit) ?? NOTHING;
  if (printsJson(invocation, 'history')) return print(io, `${escapeJson({ runs: runs.map(described), more })}\n`);
  const isFiltered = Object.keys(filter).length > 0;
  if (runs.length === 0) return print(io, isFiltered ? 'no such run is kept\n' : NONE);
  await print(io, historyTable(runs, widthOf(io), paintOf(settings, io)));
  if (more && read(settings, OPTION.quiet) !== true)
    await io.stderr.write(`sluice: there are more; say -n ${limit * 10}, or look for less\n`);
  await io.stderr.flush();
  return 0;
}

const NONE = 'no runs are kept; --history keeps one, and "history": true in your configuration file all\n';

async function cost({ invocation, settings, io, history, words }: Asked): Promise<number> {
  refuseWords(words, 'say what to add up by with --by');
  const by = read(settings, OPTION.historyBy);
  const costs = history?.costs(historyFilterOf(invocation, settings, io.cwd, []), by) ?? NO_COSTS;
  if (printsJson(invocation, 'history')) return print(io, `${escapeJson({ by, ...costs })}\n`);
  const isEmpty = costs.groups.length === 0;
  return print(io, isEmpty ? 'no such run is kept\n' : costPlot(costs, widthOf(io), paintOf(settings, io)));
}

async function prune({ invocation, settings, io, history, words }: Asked): Promise<number> {
  refuseWords(words, 'say what to keep with --keep-runs, --keep-for, --keep-bytes');
  const pruned = history?.prune(keepLimitsOf(settings)) ?? { runs: 0, records: 0, bytes: 0 };
  if (printsJson(invocation, 'history')) return print(io, `${escapeJson(pruned)}\n`);
  const { runs, records, bytes } = pruned;
  return print(io, `${runs} forgotten, the messages of ${records} more; ${bytes} bytes removed\n`);
}

async function show({ settings, io, history, words }: Asked): Promise<number> {
  const [id, ...more] = words;
  refuseWords(more, 'one run is shown');
  const run = findRun(history, id, 'show');
  const bytes = history?.recording(run) ?? null;
  if (bytes === null) throw new SluiceError('usage', `${run.runId}: nothing of it is kept but that it is ${run.state}`);
  if (read(settings, OPTION.quiet) !== true && ['pretty', 'text'].includes(formatOf(settings, io)))
    await io.stderr.write(`sluice: ${oneLine(headOf(run))}\n`);
  const { showRecording } = await import('./replay.ts');
  return showRecording({ bytes, path: run.runId, name: run.runId }, settings, io);
}

/** Goes on with the session of a run, in its folder. */
async function resume({ invocation, io, history, words }: Asked): Promise<number> {
  const [id, ...prompt] = words;
  const run = findRun(history, id, 'resume');
  if (run.sessionId === null) throw new SluiceError('usage', `${run.runId}: it has no session to go on with`);
  history?.close();
  const { flags, passThrough } = invocation;
  const again: Invocation = {
    ...invocation,
    command: 'run',
    operands: prompt.length === 0 && io.stdin === null ? ['go on'] : prompt,
    flags: { ...flags, resume: run.sessionId, ...(folderOf(run) === '' ? {} : { cwd: folderOf(run) }) },
    passThrough,
  };
  return runCommand(again, await loadSettings(again, io, null), io, null);
}

/** The one run whose id begins so. */
function findRun(history: History | null, id: string | undefined, action: ActionOf<'history'>): FoundRun {
  if (id === undefined)
    throw new SluiceError('usage', `sluice history ${action}: say the id of a run, or its beginning`);
  if (!/^[\da-f-]+$/i.test(id))
    throw new SluiceError('usage', `sluice history ${action} ${id}: that is no id of a run`);
  const found = history?.find(id.toLowerCase()) ?? [];
  const [run] = found;
  if (run === undefined) throw new SluiceError('usage', `${id}: no run is kept whose id begins so; see sluice history`);
  if (found.length > 1) {
    const ids = found.map(({ runId }) => runId).join(', ');
    throw new SluiceError('usage', `${id}: several runs begin so: ${ids}; say more of one`);
  }
  return run;
}

function headOf(run: FoundRun): string {
  return `${run.runId}, ${shortTime(new Date(run.receivedAt))}, ${folderOf(run)}: ${promptOf(run)}`;
}

function refuseWords([word]: readonly string[], hint: string): void {
  if (word !== undefined) throw new SluiceError('usage', `${word}: that is one word too many; ${hint}`);
}

/** A run as JSON has it. */
function described(run: PastRun) {
  const { runId, face, subject, state, sessionId, receivedAt, startedAt, endedAt, costUsd, turns, tokens, labels } =
    run;
  return {
    runId,
    face,
    ...(face === 'cli' ? {} : { caller: subject }),
    state,
    class: run.class,
    receivedAt,
    startedAt,
    endedAt,
    durationMs: run.executionTime,
    folder: folderOf(run),
    sessionId,
    model: run.model,
    costUsd,
    turns,
    tokens,
    labels,
    messages: run.messages,
    bytes: run.size,
    prompt: promptOf(run),
  };
}

/** Columns of a table that does not go to a terminal. */
const UNBOUND = 200;

function widthOf({ stdout }: Io): number {
  return stdout.isTTY ? stdout.columns() : UNBOUND;
}

function paintOf(settings: Settings, { env, stdout }: Io): Paint {
  return createPaint(colorLevel(read(settings, OPTION.color), env, stdout.isTTY));
}

async function print({ stdout }: Io, text: string): Promise<number> {
  await stdout.write(text);
  await stdout.flush();
  return 0;
}
