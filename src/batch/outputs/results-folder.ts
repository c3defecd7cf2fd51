import {
  closeSync,
  existsSync,
  fdatasync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileGuard } from '../../sinks/file-guard.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { randomHex } from '../../system/random-hex.ts';
import { writeWhole } from '../../system/write-whole.ts';
import { fileNameOf } from './file-name-of.ts';
import { type Result, resultIn, type Results } from './results.ts';

const ENDING = '.json';
/** What a crash may leave of one that was being written. */
const UNFINISHED = /^\.[0-9a-f]{12}\.tmp$/;

const toDisk = promisify(fdatasync);

/**
 * A folder with a file for each result, named after its item.
 * @throws SluiceError `output_error` where it can't be made or written to
 */
export function openResultsFolder(path: string): Results {
  const guard = fileGuard('--out', path);
  const names = guard.now(() => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return readdirSync(path);
  });
  for (const name of names.filter((name) => UNFINISHED.test(name))) rmSync(join(path, name), { force: true });
  const there = new Set(names);
  const fileOf = (id: string): string => join(path, `${fileNameOf(id)}${ENDING}`);

  return {
    keeps({ id, fingerprint }, isKnown) {
      if (!there.has(`${fileNameOf(id)}${ENDING}`)) return false;
      return isKnown || resultAt(fileOf(id))?.fingerprint === fingerprint;
    },
    async add({ id, fingerprint }, bundle) {
      const temporary = join(path, `.${randomHex(6)}.tmp`);
      await guard.later(async () => {
        try {
          await writeToDisk(temporary, `${escapeJson({ id, fingerprint, ...bundle })}\n`);
          renameSync(temporary, fileOf(id));
        } catch (error) {
          rmSync(temporary, { force: true });
          throw error;
        }
      });
      return undefined;
    },
    *read(counts) {
      for (const name of readdirSync(path)
        .filter((name) => name.endsWith(ENDING))
        .toSorted()) {
        const result = resultAt(join(path, name));
        if (result !== null && counts(result)) yield result;
      }
    },
    async settle(counts) {
      for (const name of readdirSync(path).filter((name) => name.endsWith(ENDING))) {
        const result = resultAt(join(path, name));
        if (result !== null && !counts(result)) rmSync(join(path, name));
      }
      return undefined;
    },
    async close() {},
  };
}

async function writeToDisk(path: string, text: string): Promise<void> {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeWhole(descriptor, Buffer.from(text));
    await toDisk(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Null for what no batch has written. */
function resultAt(path: string): Result | null {
  return existsSync(path) ? resultIn(readFileSync(path, 'utf8')) : null;
}
