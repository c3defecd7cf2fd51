import type { FieldTable } from '../../request/field.ts';
import { amount, count, positive } from '../../request/kinds/numbers.ts';
import { shard } from '../../request/kinds/shards.ts';
import { boolean, choice, name } from '../../request/kinds/texts.ts';

const group = 'Batch';
const commands = ['batch'];

/** The ways in which rows are written. */
export const ROW_FORMATS = ['jsonl', 'csv', 'tsv', 'lines'] as const;

/** What `sluice batch` has besides what a run can be asked for. */
export const BATCH = {
  /** Where results go: a folder, or a file of JSON lines. */
  batchOut: {
    name: 'batchOut',
    kind: name,
    flags: '--out <PATH>',
    group,
    help: 'where results go: a file that ends in .jsonl, or a folder with a file each; the journal is beside it',
    flagOnly: true,
    commands,
  },
  /** A pattern of files, each of which is an item. */
  batchFor: {
    name: 'batchFor',
    kind: name,
    flags: '--for <GLOB>',
    group,
    help: 'an item for each file that matches, which is attached; in place of FILE',
    flagOnly: true,
    commands,
  },
  /** How rows are written; default: as the file's name says, or how stdin begins. */
  batchRows: {
    name: 'batchRows',
    kind: choice(ROW_FORMATS),
    flags: '--rows <FORMAT>',
    group,
    help: 'how rows are written: jsonl, csv, tsv, lines; by default as the name of the file says',
    flagOnly: true,
    commands,
  },
  /** How many run at once at most; default: by processors and free memory. */
  batchConcurrency: {
    name: 'batchConcurrency',
    kind: positive,
    flags: '--concurrency <N>',
    group,
    help: 'how many run at once at most; fewer while the API says that it is too much. By default as processors and memory allow',
    flagOnly: true,
    commands: [...commands, 'worker'],
  },
  /** How often an item is run that fails for the moment. */
  batchTries: {
    name: 'batchTries',
    kind: positive,
    flags: '--tries <N>',
    group,
    help: 'how often an item is run that fails for the moment, and has changed nothing',
    default: 3,
    flagOnly: true,
    commands,
  },
  retryFailed: {
    name: 'retryFailed',
    kind: boolean,
    flags: '--retry-failed',
    group,
    help: 'run items again that have failed',
    flagOnly: true,
    commands,
  },
  retryUncertain: {
    name: 'retryUncertain',
    kind: boolean,
    flags: '--retry-uncertain',
    group,
    help: 'run items again that were cut off after they had used a tool that may write',
    flagOnly: true,
    commands,
  },
  batchLimit: {
    name: 'batchLimit',
    kind: positive,
    flags: '--limit <N>',
    group,
    help: 'run so many items at most, and leave the others for the next time',
    flagOnly: true,
    commands,
  },
  batchShard: {
    name: 'batchShard',
    kind: shard,
    flags: '--shard <I/N>',
    group,
    help: 'take the items of one part of so many, such as 1/8 to 8/8; an item is always in the same part',
    flagOnly: true,
    commands,
  },
  batchSample: {
    name: 'batchSample',
    kind: positive,
    flags: '--sample <N>',
    group,
    help: 'take a random sample of so many items; the same ones each time, for the same --shuffle',
    flagOnly: true,
    commands,
  },
  batchShuffle: {
    name: 'batchShuffle',
    kind: name,
    flags: '--shuffle <SEED>',
    group,
    help: 'take items in random order, the same one for the same seed',
    flagOnly: true,
    commands,
  },
  /** Dollars that all runs of the batch may cost, those of earlier starts included. */
  batchBudget: {
    name: 'batchBudget',
    kind: amount,
    flags: '--budget <USD>',
    group,
    help: 'begin no item once all together have cost that much; --max-budget-usd is for each',
    flagOnly: true,
    commands,
  },
  patches: {
    name: 'patches',
    kind: name,
    flags: '--patches <FOLDER>',
    group,
    help: 'with --worktree: write what each item changed to a file there, as git apply takes it',
    flagOnly: true,
    commands,
  },
  batchCsv: {
    name: 'batchCsv',
    kind: name,
    flags: '--csv <FILE>',
    group,
    help: 'write the structured answers to a table, a column for each of their fields',
    flagOnly: true,
    commands,
  },
  batchSummary: {
    name: 'batchSummary',
    kind: name,
    flags: '--summary <FILE>',
    group,
    help: 'write what became of all items to a file, as JSON',
    flagOnly: true,
    commands,
  },
  batchReport: {
    name: 'batchReport',
    kind: name,
    flags: '--report <FILE>',
    group,
    help: 'write what became of all items to a page for people (HTML)',
    flagOnly: true,
    commands,
  },
  /** How many claudes wait for the next items; default: by concurrency. */
  batchSpares: {
    name: 'batchSpares',
    kind: count,
    flags: '--spares <N>',
    group,
    help: 'how many claudes are started ahead for the next items; by default --concurrency or the processors, whichever are fewer; 0 is none',
    flagOnly: true,
    commands,
  },
} as const satisfies FieldTable;
