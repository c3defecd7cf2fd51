import { join } from 'node:path';
import { createMemoryIndex } from '../../../src/runs/memory/memory-index.ts';
import { type Driver, drivers, openDatabase } from '../../../src/runs/disk/database.ts';
import { createDiskIndex, makeTables } from '../../../src/runs/disk/disk-index.ts';
import type { RunIndex } from '../../../src/runs/run-index.ts';
import { collect } from '../../support/collect.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The drivers that this Node has: both from 22.13 on. */
export const DRIVERS: readonly Driver[] = await collect(drivers());

/** Every kind of index, by name. */
export const INDEXES: readonly (readonly [string, () => RunIndex])[] = [
  ['memory', () => createMemoryIndex()],
  ...DRIVERS.map((driver) => [driver.name, () => diskIndex(driver)] as const),
];

function diskIndex(driver: Driver): RunIndex {
  const database = openDatabase(driver, join(temporaryFolder(), 'index.db'));
  makeTables(database);
  return createDiskIndex(database, 'owner');
}
