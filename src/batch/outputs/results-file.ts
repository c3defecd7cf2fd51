import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileGuard } from '../../sinks/file-guard.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { SluiceError } from '../../errors.ts';
import { openDurableFile } from '../../system/durable-file.ts';
import { linesOfFile } from '../../system/lines-of-file.ts';
import { writeWhole } from '../../system/write-whole.ts';
import { type Counts, type Result, resultIn, type Results } from './results.ts';

/**
 * A file with a line for each result, in the order in which they came. A line without an end, which a crash has left, is
 * cut.
 * @param known bytes of it of which the journal knows; where the file is otherwise, all of it is looked through
 * @throws SluiceError `output_error` where it can't be written
 */
export function openResultsFile(path: string, known: number): Results {
  const guard = fileGuard('--out', path);
  let file = guard.now(() => openDurableFile(path));
  const isAsKnown = guard.now(() => endsInLine(path, known));
  const found = guard.now(() => fingerprintsFrom(path, isAsKnown ? known : 0));

  function* lines(counts: Counts): Generator<readonly [Result, string], void, undefined> {
    const last = lastPlaces(path, counts);
    for (const { text, end } of linesOfFile(path)) {
      const result = resultIn(text);
      if (result !== null && last.get(result.id) === end) yield [result, text];
    }
  }

  return {
    keeps: ({ id, fingerprint }, isKnown) => (isKnown && isAsKnown) || found.get(id) === fingerprint,
    async add({ id, fingerprint }, bundle) {
      const added = guard.later(() => file.append(`${escapeJson({ id, fingerprint, ...bundle })}\n`));
      const end = file.size();
      await added;
      return end;
    },
    *read(counts) {
      for (const [result] of lines(counts)) yield result;
    },
    async settle(counts) {
      await file.close();
      guard.now(() => rewrite(path, lines(counts)));
      file = guard.now(() => openDurableFile(path));
      return file.size();
    },
    close: () => guard.later(() => file.close()),
  };
}

/**
 * Keeps a batch that begins from adding to a file that somebody else has written.
 * @throws SluiceError `usage` for one in which no result stands first
 */
export function checkResults(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  if (resultIn(firstLine(path) ?? '') !== null) return;
  throw new SluiceError('usage', `--out: ${path} is there already and holds no results of a batch; name another file`);
}

function firstLine(path: string): string | undefined {
  for (const { text } of linesOfFile(path)) return text;
  return undefined;
}

/** Where each result that counts ends: the last of its item. */
function lastPlaces(path: string, counts: Counts): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { text, end } of linesOfFile(path)) {
    const result = resultIn(text);
    if (result !== null && counts(result)) last.set(result.id, end);
  }
  return last;
}

function endsInLine(path: string, size: number): boolean {
  if (size === 0) return true;
  if (statSync(path).size < size) return false;
  const descriptor = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    return readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() === '\n';
  } finally {
    closeSync(descriptor);
  }
}

function fingerprintsFrom(path: string, place: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { text } of linesOfFile(path, place)) {
    const result = resultIn(text);
    if (result !== null) found.set(result.id, result.fingerprint);
  }
  return found;
}

/** It appears whole, or what was there stays. */
function rewrite(path: string, lines: Iterable<readonly [Result, string]>): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    for (const [, line] of lines) writeWhole(descriptor, Buffer.from(`${line}\n`));
    fsyncSync(descriptor);
    renameSync(temporary, path);
  } finally {
    closeSync(descriptor);
    if (existsSync(temporary)) rmSync(temporary);
  }
}
