import { messageOf, SluiceError } from '../../errors.ts';
import { isRecord } from '../../is-record.ts';
import { checkRequest } from '../../request/check-request.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import { folderName } from '../../request/kinds/folder-names.ts';
import type { Kind } from '../../request/kinds/kind.ts';
import { located } from '../../request/paths.ts';
import type { Prompt } from '../../request/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { neutralise } from '../../sinks/safe-text.ts';
import type { BadRow, Item, Row } from '../item.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What a row says of its prompt. */
export interface Asked {
  /** Its own instruction; null: that of the batch. */
  readonly prompt: string | null;
  /** Files to be attached. */
  readonly files: readonly string[];
  /** Values for the variables of a template, by name. */
  readonly vars: Readonly<Record<string, string>>;
  /** What else it says, which is what the prompt is about. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Text that it is or comes with. */
  readonly piped: string | null;
}

/** How items are made of rows. */
export interface Recipe {
  /** What all items ask; it was checked. */
  readonly base: RunRequest;
  /** What relative paths in rows count from. */
  readonly folder: string;
  /** The variables of the template. */
  readonly variables: ReadonlySet<string>;
  /** Puts the prompt of a row together. @throws SluiceError `usage` */
  compose(asked: Asked): Promise<Prompt>;
  readonly fingerprint: Fingerprint;
  /** Whether a text holds a secret: an item's name is shown. */
  isSecret(text: string): boolean;
}

/** UTF-16 units of an id. */
const LONGEST_ID = 500;

/** Makes an item of a row, or says why it is none. */
export async function itemOf(row: Row, recipe: Recipe): Promise<Item | BadRow> {
  const { where, number, share } = row;
  try {
    const { id, fields, asked, only } = readRow(row, recipe);
    const own = Object.keys(fields);
    const request: RunRequest = own.length === 0 ? recipe.base : { ...recipe.base, ...fields };
    if (own.length > 0) checkRequest(request);
    const prompt = await recipe.compose(asked);
    const fingerprint = recipe.fingerprint(request, prompt);
    const item = { where, number, share, id, own, request: { ...request, prompt }, fingerprint };
    return only === null ? item : { ...item, only };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return { where, number, share, problem: messageOf(error) };
  }
}

/** What a row says that is no option of a run. */
const OF_ITEMS = new Set(['id', 'prompt', 'files', 'vars', 'queueOnly']);

const FIELDS_BY_NAME = new Map(ALL_RUN_OPTIONS.map((field) => [field.name, field]));

interface ReadRow {
  readonly id: string;
  readonly fields: RunRequest;
  readonly asked: Asked;
  readonly only: string | null;
}

function readRow({ values, number, piped }: Row, recipe: Recipe): ReadRow {
  const fields: Record<string, unknown> = {};
  const vars: Record<string, string> = {};
  const data: Record<string, unknown> = {};
  const { id = String(number), prompt, files, vars: given, queueOnly } = values;
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (OF_ITEMS.has(name) || value === null || value === undefined) continue;
    const field = FIELDS_BY_NAME.get(name);
    if (recipe.variables.has(name)) vars[name] = textOf(value);
    else if (field === undefined) data[name] = value;
    else fields[name] = located(field, parsed(field, value), recipe.folder);
  }
  if (given !== undefined && !isRecord(given)) throw new SluiceError('usage', 'vars: expected an object of texts');
  for (const [name, value] of Object.entries(given ?? {})) vars[name] = textOf(value);
  if (prompt !== undefined && typeof prompt !== 'string') throw new SluiceError('usage', 'prompt: expected a text');
  return {
    id: idOf(id, recipe),
    fields,
    only:
      queueOnly === undefined || queueOnly === null ? null : parsed({ name: 'queueOnly', kind: folderName }, queueOnly),
    asked: { prompt: prompt ?? null, files: filesOf(files), vars, data, piped: piped ?? null },
  };
}

function idOf(id: unknown, { isSecret }: Recipe): string {
  const text = typeof id === 'number' ? String(id) : id;
  if (typeof text !== 'string' || text === '' || text.length > LONGEST_ID || !isOfOneLine(text))
    throw new SluiceError('usage', `id: expected a text of one line, of at most ${LONGEST_ID} characters`);
  if (isSecret(text))
    throw new SluiceError('usage', 'id: there is a secret in it, and it would be shown; name the item otherwise');
  return text;
}

function isOfOneLine(text: string): boolean {
  if (/^[\w./-]+$/.test(text)) return true;
  // Half a character has no name in a file system.
  return neutralise(text) === text && !/[\n\t\p{Surrogate}]/u.test(text);
}

function filesOf(files: unknown): readonly string[] {
  if (files === undefined) return [];
  const list: unknown = typeof files === 'string' ? [files] : files;
  if (Array.isArray(list) && list.every((file) => typeof file === 'string')) return list.map(String);
  throw new SluiceError('usage', 'files: expected a list of paths');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface Parsed<Value> {
  readonly name: string;
  readonly kind: Pick<Kind<Value>, 'parse'>;
}

/** Of what is wrong, only what was expected is said: nobody has looked for secrets in it. */
function parsed<Value>({ name, kind }: Parsed<Value>, value: unknown): Value {
  try {
    return kind.parse(value);
  } catch (error) {
    if (error instanceof SluiceError) throw new SluiceError('usage', `${name}: ${error.message}`, { cause: error });
    throw new SluiceError('usage', `${name}: expected ${messageOf(error)}`, { cause: error });
  }
}
