// Books so many jobs on one account, one after the other, and tells of each on stdout. Arguments: the state folder, how
// many, the quotas.
import { writeSync } from 'node:fs';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { parseQuota } from '../../../src/quotas/quota.ts';
import { openDiskLedger } from '../../../src/runs/disk/disk-ledger.ts';
import { isBooked } from '../../../src/quotas/ledger.ts';
import { ACCOUNT, USED } from '../ledger-jobs.ts';

const [folder = '', jobs = '', ...quotas] = process.argv.slice(2);
const { ledger, close } = await openDiskLedger({ folder, onFault: (error) => console.error(error) });
for (let job = 0; job < Number(jobs); job++) {
  const booking = await ledger.book({
    id: `${process.pid}-${job}`,
    account: ACCOUNT,
    quotas: quotas.map(parseQuota),
    maxUsd: 2 * USED.usd,
  });
  // At once: what stands in a buffer dies with its process.
  writeSync(1, isBooked(booking) ? 'booked\n' : 'refused\n');
  if (!isBooked(booking)) continue;
  await setImmediate();
  booking.settle(USED);
  writeSync(1, 'settled\n');
}
await close();
