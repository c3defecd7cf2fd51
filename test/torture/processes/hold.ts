// Waits for a lock, tells when it has it, and works until it is killed or its stdin ends. Arguments: the file to lock.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import process from 'node:process';
import { waitForLock } from '../../../src/system/file-lock.ts';

const [file = ''] = process.argv.slice(2);
let told = false;
const lock = await waitForLock(file, new AbortController().signal, () => {
  if (!told) writeSync(1, 'waiting\n');
  told = true;
});
writeSync(1, 'held\n');
await once(process.stdin.resume(), 'end');
writeSync(1, 'leaving\n');
await lock.release();
