// The least that a program can do with a stream of JSON lines: split, JSON.parse, JSON.stringify, write.
// Reads the file SLUICE_BENCH_STREAM and prints to stdout.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';

const chunks = createReadStream(process.env.SLUICE_BENCH_STREAM, { encoding: 'utf8', highWaterMark: 256 * 1024 });
let held = '';
for await (const chunk of chunks) {
  const lines = (held + chunk).split('\n');
  held = lines.pop();
  let text = '';
  for (const line of lines) text += `${JSON.stringify(JSON.parse(line))}\n`;
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
