import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Case } from './case.ts';

/** The rows of one origin: a file, or a public set of rules. */
export interface Corpus {
  readonly name: string;
  /** Rows that tell their secret. */
  readonly secrets: readonly Case[];
  /** Rows that hold a secret and do not tell which. */
  readonly positives: readonly Case[];
  /** Rows that hold none. */
  readonly benign: readonly Case[];
  /** Rows that another's rule must not match; they may hold something else. */
  readonly negatives: readonly Case[];
}

/** Reads every `.jsonl` file of a folder. A row's origin is its `source`, or else its file. */
export function readCorpora(folder: string): Corpus[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const rows = files.flatMap((file) => readRows(join(folder, file)));
  const names = [...new Set(rows.map(({ origin }) => origin))];
  return names.map((name) => {
    const ofSort = (sort: Row['sort']): Case[] =>
      rows.flatMap((row) => (row.origin === name && row.sort === sort ? [row.one] : []));
    return {
      name,
      secrets: ofSort('secret'),
      positives: ofSort('positive'),
      benign: ofSort('benign'),
      negatives: ofSort('negative'),
    };
  });
}

interface Row {
  readonly origin: string;
  readonly sort: 'secret' | 'positive' | 'benign' | 'negative';
  readonly one: Case;
}

function readRows(path: string): Row[] {
  const file = basename(path, '.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => readRow(JSON.parse(line), file));
}

function readRow({ kind, rule, text, secret, fragments, source }: Record<string, unknown>, file: string): Row {
  const secrets = (Array.isArray(fragments) ? fragments : [secret]).filter((one) => typeof one === 'string');
  const sort = secrets.length > 0 ? 'secret' : secret === true ? 'positive' : secret === false ? 'negative' : 'benign';
  const one = { kind: String(kind ?? rule), shape: file, text: String(text), secrets };
  return { origin: typeof source === 'string' ? source : file, sort, one };
}
