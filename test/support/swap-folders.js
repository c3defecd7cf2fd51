/*
 * Puts a link in the place of a folder and back, again and again: `work` and `link` of the folder that is named, by way
 * of `spare`.
 */
import { renameSync } from 'node:fs';
import { join } from 'node:path';

const [work, link, spare] = ['work', 'link', 'spare'].map((name) => join(process.argv[2], name));
const cell = new Int32Array(new SharedArrayBuffer(4));

for (;;) {
  for (const [from, to] of [
    [work, spare],
    [link, work],
    [work, link],
    [spare, work],
  ]) {
    renameSync(from, to);
    if (to === work) Atomics.wait(cell, 0, 0, Math.random() * 4);
  }
}
