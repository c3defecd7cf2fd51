import { homedir } from 'node:os';
import { basename } from 'node:path';
import type { PastRun } from '../../runs/disk/history.ts';
import { padEnd, padStart } from '../../sinks/pretty/aligned.ts';
import { clip, widthOf } from '../../sinks/pretty/clip.ts';
import { formatCost, formatDuration } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Paint } from '../../sinks/pretty/theme.ts';

/** Columns of a terminal that the first words of a prompt are to have, for which names of folders are cut. */
const GOOD_PROMPT = 24;

/** Those that a folder's name has at most, and at least if it needs them. */
const MOST_FOLDER = 16;
const LEAST_FOLDER = 6;

/** So much of an id is told: it is enough to tell tens of thousands apart. */
const ID = 8;

interface Column {
  readonly name: string;
  readonly cell: (run: PastRun) => string;
  readonly isNumber?: true;
}

const COLUMNS: readonly Column[] = [
  { name: 'ID', cell: ({ runId }) => runId.slice(0, ID) },
  { name: 'WHEN', cell: ({ receivedAt }) => shortTime(new Date(receivedAt)) },
  { name: 'FOLDER', cell: (run) => oneLine(folderName(folderOf(run))) },
  { name: 'CLASS', cell: classOf },
  { name: 'TIME', cell: (run) => timeOf(run), isNumber: true },
  { name: 'COST', cell: ({ costUsd }) => (costUsd === null ? '-' : formatCost(costUsd)), isNumber: true },
];

/** Whom a server ran it for; those of the command line are their user's own. */
const CALLER: Column = { name: 'CALLER', cell: ({ face, subject }) => (face === 'cli' ? '' : oneLine(subject)) };

/**
 * Runs as a table, a line each, with the first words of their prompts at its end.
 * @param columns how wide it may be
 */
export function historyTable(runs: readonly PastRun[], columns: number, paint: Paint): string {
  const shown = runs.some(({ face }) => face !== 'cli') ? [...COLUMNS, CALLER] : COLUMNS;
  const rows = runs.map((run) => shown.map(({ cell }) => cell(run)));
  const needed = shown.map(({ name }, at) => Math.max(name.length, ...rows.map((row) => widthOf(row[at] ?? ''))));
  const widths = withFolder(shown, needed, columns - GOOD_PROMPT);
  const room = Math.max(1, columns - sumOf(widths));
  const line = (cells: readonly string[], last: string, inks: (at: number) => Parameters<Paint>[0]): string =>
    [
      ...cells.map((cell, at) =>
        paint(inks(at), (shown[at]?.isNumber ? padStart : padEnd)(clip(cell, widths[at] ?? 0), widths[at] ?? 0)),
      ),
      last,
    ]
      .join('  ')
      .trimEnd();
  return [
    line(
      shown.map(({ name }) => name),
      paint('dim', 'PROMPT'),
      () => 'dim',
    ),
    ...runs.map((run, index) =>
      line(rows[index] ?? [], clip(oneLine(promptOf(run)), room), (at) =>
        shown[at]?.name === 'CLASS' ? inkOf(run) : at === 0 ? 'accent' : 'plain',
      ),
    ),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

/** The widths of columns, with that of folders such that all take no more than that, if it can be. */
function withFolder(shown: readonly Column[], widths: readonly number[], most: number): readonly number[] {
  const excess = Math.max(0, sumOf(widths) - most);
  return widths.map((width, at) =>
    shown[at]?.name === 'FOLDER' ? Math.min(width, MOST_FOLDER, Math.max(LEAST_FOLDER, width - excess)) : width,
  );
}

/** With two blanks behind each. */
function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 2, 0);
}

/** What was asked, as far as it is kept. */
export function promptOf({ asked: { request } }: Pick<PastRun, 'asked'>): string {
  const prompt: unknown = Reflect.get(Object(request), 'prompt');
  return typeof prompt === 'string' ? prompt : '';
}

/** The folder of a run; empty where that is not known. */
export function folderOf({ asked: { cwd } }: Pick<PastRun, 'asked'>): string {
  return typeof cwd === 'string' ? cwd : '';
}

/** What it came to, or where it is. */
function classOf({ class: outcome, state }: Pick<PastRun, 'class' | 'state'>): string {
  return outcome ?? state;
}

function timeOf({ executionTime }: PastRun): string {
  return executionTime === null ? '-' : formatDuration(executionTime);
}

function folderName(folder: string): string {
  return folder === homedir() ? '~' : basename(folder) || folder;
}

function inkOf({ class: outcome, state }: PastRun): Parameters<Paint>[0] {
  if (outcome === 'success') return 'good';
  return state === 'queued' || state === 'running' ? 'accent' : 'bad';
}

/** `11-30 09:05`; of another year, `2025-11-30`. */
export function shortTime(time: Date, now = new Date()): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return time.getFullYear() === now.getFullYear()
    ? `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
    : `${time.getFullYear()}-${day}`;
}
