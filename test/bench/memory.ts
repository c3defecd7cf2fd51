import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { until } from '../torture/until.ts';
import type { BenchFolder } from './bench-folder.ts';
import { atMost, type Figure } from './figure.ts';
import { peakMemory } from './peak-memory.ts';

const MB = 1_000_000;

/** What is written on and on, as a shell prints it. */
const STREAMS: Readonly<Record<string, string>> = {
  'one line without a blank': `head -c 300000000 /dev/zero | tr '\\0' x`,
  'one line of blanks': `head -c 300000000 /dev/zero | tr '\\0' ' '`,
  'one line of bytes that are no text': `head -c 100000000 /dev/zero | tr '\\0' '\\377'`,
  'a key that is never closed': `(printf -- '-----BEGIN PRIVATE KEY-----\\n'; yes MIIEvQIBADANBgkqhkiG9w0BAQEF | head -c 100000000)`,
};

/** 200 MB of events that wait for a reader. */
const WAITING = [
  { what: 'small', count: 200_000, size: 1_000, flags: [] },
  { what: 'large and printed whole', count: 200, size: 1_000_000, flags: ['--full'] },
  { what: 'large and clipped', count: 200, size: 1_000_000, flags: [] },
] as const;

/** (e) How much memory is held for streams that sluice can't cut, and for a reader that takes nothing. Linux only. */
export async function benchMemory(folder: BenchFolder): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (what: string, peak: number, target: number): void =>
    void figures.push({ part: 'e', what, value: peak / MB, unit: 'MB', target: atMost(target) });
  for (const [what, shell] of Object.entries(STREAMS)) add(`redact: ${what}`, await peakOfRedact(folder, shell), 220);
  for (const row of WAITING) add(`a reader that stalls: ${row.what}`, await peakWhileStalled(folder, row), 400);
  return figures;
}

/** Redacts what a shell command prints. */
async function peakOfRedact({ sluice }: BenchFolder, shell: string): Promise<number> {
  const producer = spawn('sh', ['-c', shell], { stdio: ['ignore', 'pipe', 'inherit'] });
  const redact = spawn(process.execPath, [sluice, 'redact'], { stdio: [producer.stdout, 'ignore', 'inherit'] });
  producer.stdout.destroy();
  let peak = 0;
  const watch = setInterval(() => (peak = peakMemory(redact.pid) ?? peak), LOOK_MS);
  const [code] = await once(redact, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`sluice redact exited with ${code}`);
  return peak;
}

/** How often to look at the process. */
const LOOK_MS = 20;

/** Runs a claude whose events nobody reads before all of them are recorded; all of them have to come then. */
async function peakWhileStalled(
  { path, sluice }: BenchFolder,
  { count, size, flags }: (typeof WAITING)[number],
): Promise<number> {
  const record = join(path, `${count}-${flags.join('')}.ndjson`);
  const args = ['--ndjson', '--record', record, ...flags, `--claude=${claudeThatPrints(path, count, size)}`, 'hi'];
  const run = spawn(process.execPath, [sluice, ...args], {
    cwd: path,
    env: { PATH: process.env['PATH'], HOME: path, ANTHROPIC_API_KEY: 'none' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await until('all events are recorded', () => isRecorded(record), 240_000);
  const peak = peakMemory(run.pid) ?? Number.NaN;
  const lines = (await text(run.stdout)).split('\n').length - 1;
  if (lines !== count + 2) throw new Error(`${lines} events came, not ${count + 2}`);
  return peak;
}

function isRecorded(record: string): boolean {
  return (
    existsSync(record) &&
    /"code":"ending".*\n$/.test(
      readFileSync(record)
        .subarray(-64 * 1024)
        .toString(),
    )
  );
}

/** A claude that prints so many results of tools, of so many characters each, and then waits for its stdin to be closed. */
function claudeThatPrints(folder: string, count: number, size: number): string {
  const lines = join(folder, 'lines.ndjson');
  const content = 'One word after the other. '.repeat(size / 26);
  const descriptor = openSync(lines, 'w');
  for (let line = 1; line <= count; line++) {
    const results = [{ type: 'tool_result', tool_use_id: `toolu_${line}`, content }];
    const message = {
      type: 'user',
      message: { role: 'user', content: results },
      parent_tool_use_id: null,
      session_id: 's',
    };
    writeSync(descriptor, `${JSON.stringify(message)}\n`);
  }
  writeSync(descriptor, `${JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: 'done' })}\n`);
  closeSync(descriptor);
  const claude = join(folder, 'printing-claude');
  writeFileSync(claude, `#!/bin/sh\ncat '${lines}'\nexec cat >/dev/null\n`, { mode: 0o700 });
  return claude;
}
