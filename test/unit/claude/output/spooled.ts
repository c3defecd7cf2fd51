/*
 * Writes 200 kB to a spool, and prints what it says of the fault.
 */
import { writeSync } from 'node:fs';
import { openSpool } from '../../../../src/claude/output/spool.ts';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';

const folder = createPrivateFolder();
const spool = openSpool(folder.path);
try {
  for (let count = 0; count < 200; count++) writeSync(spool.descriptor, 'x'.repeat(1000));
} catch {
  // The spool knows why.
}
spool.end();
writeSync(1, `${spool.fault()}\n`);
spool.close();
folder.remove();
