import { type KeptRun, type RunChange, type RunEntry, type RunState, withoutReport } from '../run-entry.ts';
import type { Row, Value } from './database.ts';

type Field = keyof KeptRun;

/** The column of each field, and whether it holds JSON. */
const FIELDS: Readonly<Record<Field, { readonly column: string; readonly isJson?: true }>> = {
  runId: { column: 'run_id' },
  subject: { column: 'subject' },
  state: { column: 'state' },
  asked: { column: 'asked', isJson: true },
  givenOut: { column: 'given_out', isJson: true },
  labels: { column: 'labels', isJson: true },
  key: { column: 'request_key' },
  digest: { column: 'digest' },
  sessionId: { column: 'session_id' },
  receivedAt: { column: 'received_at' },
  startedAt: { column: 'started_at' },
  endedAt: { column: 'ended_at' },
  ended: { column: 'ended' },
  class: { column: 'class' },
  costUsd: { column: 'cost_usd' },
  turns: { column: 'turns' },
  tokens: { column: 'tokens', isJson: true },
  messages: { column: 'messages' },
  sequence: { column: 'sequence' },
  size: { column: 'size' },
  failure: { column: 'failure', isJson: true },
  report: { column: 'report', isJson: true },
  callback: { column: 'callback' },
};

const STATES: readonly RunState[] = ['queued', 'running', 'finished', 'refused', 'interrupted'];

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

/** The columns of an entry: all but the report, which is long. */
export const COLUMNS: readonly string[] = Object.entries(FIELDS)
  .filter(([name]) => name !== 'report')
  .map(([, { column }]) => column);

/** What stands in the columns of these fields. */
export function columnsOf(fields: RunEntry | RunChange): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
      if (!isField(name) || value === undefined) return [];
      const { column, isJson } = FIELDS[name];
      return [[column, value === null || (isJson !== true && isValue(value)) ? value : JSON.stringify(value)]];
    }),
  );
}

function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** A run as it was written. */
export function keptRunOf(row: Row): KeptRun {
  const fields = Object.entries(FIELDS).map(([name, { column, isJson }]): [string, unknown] => {
    const value = row[column] ?? null;
    return [name, isJson === true && value !== null ? JSON.parse(String(value)) : value];
  });
  // What stands in these columns was put there as a run.
  return Object.fromEntries(fields) as unknown as KeptRun;
}

/** The same without its report. */
export function entryOf(row: Row): RunEntry {
  return withoutReport(keptRunOf(row));
}

/** A state as it was written; what is none has no state that anything comes of. */
export function stateOf(value: Value | undefined): RunState {
  return STATES.find((state) => state === value) ?? 'interrupted';
}
