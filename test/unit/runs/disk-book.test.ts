import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/runs/disk/database.ts';
import { createDiskBook, makeBookTables } from '../../../src/runs/disk/disk-book.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { DRIVERS } from './indexes.ts';

it.each(DRIVERS)('what a dead process set aside is given back, unless it owes it, by $name', (driver) => {
  const database = openDatabase(driver, join(temporaryFolder(), 'index.db'));
  makeBookTables(database);
  const [dead, living] = [createDiskBook(database, 'dead'), createDiskBook(database, 'living')];
  const entry = { account: 'ann', at: 1, day: '2026-11-30', reserved: { requests: 1, usd: 0.3, tokens: 0 } };
  dead.add({ ...entry, id: 'forgiven' });
  dead.add({ ...entry, id: 'owed', isOwed: true });
  living.add({ ...entry, id: 'under way', isOwed: true });
  expect(living.open('ann').map(({ id }) => id)).toEqual(['forgiven', 'owed', 'under way']);
  expect(living.others()).toEqual(['dead']);
  living.abandon('dead');
  expect(living.open('ann').map(({ id }) => id)).toEqual(['under way']);
  expect(living.others()).toEqual([]);
  expect(living.used('ann', '2026-11-30', '2026-11-30')).toEqual({ requests: 1, usd: 0.3, tokens: 0 });
  // Only what was forgiven can still turn out to have used something.
  living.settle('owed', { usd: 0.1, tokens: 5 });
  living.settle('forgiven', { usd: 0.1, tokens: 5 });
  expect(living.used('ann', '2026-11-30', '2026-11-30')).toEqual({ requests: 2, usd: 0.4, tokens: 5 });
  database.close();
});
