/*
 * What `bin/sluice.js` loads: the command, and the process that it runs in. Built as one, since each file takes 0.4 ms.
 */
export { processIo } from './cli/io.ts';
export { main } from './main.ts';
