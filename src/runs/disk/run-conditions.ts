import type { OutcomeClass } from '../../outcome/classes.ts';
import type { RunFilter } from '../run-index.ts';
import type { Value } from './database.ts';

/** Which runs are wanted by the one whose state folder it is, and who sees all of them. */
export interface HistoryFilter extends RunFilter {
  readonly classes?: readonly OutcomeClass[];
  /** Those that did not end well, whatever their class. */
  readonly isFailed?: boolean;
  /** Those in this folder, or in one below it. */
  readonly folder?: string;
  /** Those whose model has this in its name. */
  readonly model?: string;
  /** Those whose prompt or answer has each of these in it, in any case. */
  readonly texts?: readonly string[];
}

/** What stands behind WHERE, in parts that all hold, and the values of its `?`. */
export interface Conditions {
  readonly conditions: readonly string[];
  readonly values: readonly Value[];
}

/** Characters that a search in the index of texts needs: the index consists of pieces of three. */
const SHORTEST_INDEXED = 3;

export function conditionsOf(filter: HistoryFilter, cursor: string | null): Conditions {
  const {
    subject,
    states,
    sessionId,
    labels = {},
    since,
    until,
    classes,
    isFailed,
    folder,
    model,
    texts = [],
  } = filter;
  const conditions: string[] = ['runs.id < ?'];
  const values: Value[] = [beforeOf(cursor)];
  function add(condition: string, ...more: readonly Value[]): void {
    conditions.push(condition);
    values.push(...more);
  }
  if (subject !== undefined) add('subject = ?', subject);
  if (states !== undefined) add(`state IN (${placesFor(states)})`, ...states);
  if (sessionId !== undefined) add('session_id = ?', sessionId);
  if (since !== undefined) add('received_at >= ?', since);
  if (until !== undefined) add('received_at < ?', until);
  for (const [name, value] of Object.entries(labels))
    add('EXISTS (SELECT 1 FROM json_each(runs.labels) WHERE key = ? AND value = ?)', name, value);
  if (classes !== undefined) add(`class IN (${placesFor(classes)})`, ...classes);
  if (isFailed === true) add("ended_at IS NOT NULL AND class IS NOT 'success'");
  if (folder !== undefined)
    add(`(${FOLDER} = ? OR instr(${FOLDER}, ?) = 1)`, folder, folder.endsWith('/') ? folder : `${folder}/`);
  if (model !== undefined) add(`instr(lower(json_extract(report, '$.claude.model')), lower(?)) > 0`, model);
  for (const text of texts) {
    // Counted as characters, not as UTF-16 units: a surrogate pair is one.
    if (Array.from(text).length >= SHORTEST_INDEXED)
      add('id IN (SELECT rowid FROM texts WHERE texts MATCH ?)', `"${text.replaceAll('"', '""')}"`);
    else add('id IN (SELECT rowid FROM texts WHERE instr(lower(prompt || char(10) || answer), lower(?)) > 0)', text);
  }
  return { conditions, values };
}

const FOLDER = "json_extract(asked, '$.cwd')";

function placesFor(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** The id that all rows behind a cursor are below. Nothing is behind a cursor that is not one of ours. */
export function beforeOf(cursor: string | null): number {
  if (cursor === null) return Number.MAX_SAFE_INTEGER;
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;
}
