import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/runs/disk/database.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { DRIVERS } from './indexes.ts';

/** How many locks this process has on a file. */
function locksOn(path: string): number {
  const own = new RegExp(` ${process.pid} \\S+:${statSync(path).ino} `);
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .filter((line) => own.test(line)).length;
}

describe.each(DRIVERS.map((driver) => [driver.name, driver] as const))('a database, by %s,', (_, driver) => {
  it.runIf(existsSync('/proc/locks'))('keeps its locks where it is not opened once more', () => {
    const path = join(temporaryFolder(), 'index.db');
    const database = openDatabase(driver, path);
    onTestFinished(() => database.close());
    database.all('SELECT * FROM sqlite_schema');
    const before = locksOn(path);
    const open = (): never => {
      throw new Error('unable to open database file');
    };
    expect(() => openDatabase({ ...driver, open }, path)).toThrow('unable to open database file');
    expect(before).toBeGreaterThan(0);
    expect(locksOn(path)).toBe(before);
  });
});
