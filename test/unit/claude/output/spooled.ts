/*
 * Usage: spooled.ts [BYTES [result]]
 * Writes 200 lines of so many bytes to a spool (default: 1,000), and prints what it says of the fault, with a result or without.
 */
import { writeSync } from 'node:fs';
import { openSpool } from '../../../../src/claude/output/spool.ts';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';

const [length = '1000', result] = process.argv.slice(2);
const line = 'x'.repeat(Number(length) - 1);
const folder = createPrivateFolder();
const spool = openSpool(folder.path);
try {
  for (let count = 0; count < 200; count++) writeSync(spool.descriptor, `${line}\n`);
} catch {
  // The spool knows why.
}
spool.end(result !== undefined);
writeSync(1, `${spool.fault()}\n`);
spool.close();
folder.remove();
