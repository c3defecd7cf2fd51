import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/index.ts';
import { begin, FAKE_CLAUDE, type Step } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { processesOf } from '../../support/processes.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startSluice } from '../../support/sluice.ts';

const LINES = 1_000;
/** More than what is kept in memory for a reader, in megabytes, a line each. */
const BULK = 6;
const torrent: readonly Step[] = [...begin, { flood: LINES }, ...Array.from({ length: BULK }, () => ({ huge: 1 }))];
const flood: readonly Step[] = [...torrent, { result: {} }];
/** The flood with its beginning, its result and the ending. */
const EVENTS = LINES + BULK + 3;

/** A reader that takes nothing before it is told to go on. */
const stalled = (command: string): string =>
  `(${command}; echo $? > code) | (until [ -e go ]; do sleep 0.1; done; cat)`;

function goOn({ project }: Home): void {
  writeFileSync(join(project, 'go'), '');
}

/** Waits for something that comes; the test's own limit bounds it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}

/** The last 64 KB of the record. */
function endOfRecord({ project }: Home): string {
  const path = join(project, 'r.ndjson');
  if (!existsSync(path)) return '';
  const descriptor = openSync(path, 'r');
  const bytes = Buffer.alloc(64 * 1024);
  const length = readSync(descriptor, bytes, 0, bytes.length, Math.max(0, fstatSync(descriptor).size - bytes.length));
  closeSync(descriptor);
  return bytes.toString('utf8', 0, length);
}

const isRecorded = (home: Home) => (): boolean => /"code":"ending".*\n$/.test(endOfRecord(home));

/** The process of a home that runs this script. */
function pidOf(home: Home, script: string): number {
  const found = [...processesOf(home.path)].find(
    ([, command]) => /^\S*node\S* /.test(command) && command.includes(script),
  );
  return found?.[0] ?? Number.NaN;
}

describe('a reader that stalls', () => {
  it('holds up neither claude nor the files, and gets everything in the end', async () => {
    const run = startSluice(['--ndjson', '--full', '--record', 'r.ndjson', '--bundle', 'b.json', 'hi'], {
      fake: flood,
      shell: stalled,
    });
    await until(isRecorded(run.home));
    await until(() => existsSync(join(run.home.project, 'b.json')));
    expect(pidOf(run.home, 'fake-claude')).toBeNaN();
    expect(existsSync(join(run.home.project, 'code'))).toBe(false);
    goOn(run.home);
    const finished = await run.finished;
    expect(finished.events().map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: EVENTS }, (_, index) => index + 1),
    );
    expect(finished.stdout === finished.file('r.ndjson')).toBe(true);
    expect(finished.file('code')).toBe('0\n');
    expect(finished.temporaryFiles()).toEqual([]);
  });

  it('leaves a valid record of what came so far when sluice is killed meanwhile', async () => {
    const run = startSluice(['--ndjson', '--full', '--record', 'r.ndjson', 'hi'], {
      fake: [...torrent, { say: 'The last word.' }, { hang: true }],
      shell: stalled,
    });
    await until(() => endOfRecord(run.home).includes('The last word.'));
    process.kill(pidOf(run.home, 'bin/sluice'), 'SIGKILL');
    goOn(run.home);
    await run.finished;
    const whole = await sluiceHere(['replay', 'r.ndjson', '-o', 'json'], { home: run.home });
    expect(whole.bundle()).toMatchObject({
      partial: true,
      result: { success: false, summary: expect.stringContaining('The last word.') },
      outcome: { class: 'crashed' },
      truncation: { total: EVENTS - 1 },
    });
    appendFileSync(join(run.home.project, 'r.ndjson'), `{"sequence":${EVENTS},"timest`);
    const torn = await sluiceHere(['replay', 'r.ndjson', '-o', 'json'], { home: run.home });
    const { messages, truncation } = torn.bundle();
    expect(truncation.total).toBe(EVENTS);
    expect(messages.at(-1)?.message).toMatchObject({ type: 'sluice', subtype: 'warning', code: 'torn_line' });
    expect(torn.exitCode).toBe(whole.exitCode);
  });

  it('is given up when sluice is told to end and it still takes nothing', async () => {
    const run = startSluice(['--ndjson', '--full', '--record', 'r.ndjson', 'hi'], { fake: flood, shell: stalled });
    await until(isRecorded(run.home));
    process.kill(pidOf(run.home, 'bin/sluice'), 'SIGTERM');
    await until(() => existsSync(join(run.home.project, 'code')));
    goOn(run.home);
    const finished = await run.finished;
    expect(finished.file('code')).toBe('74\n');
    expect(finished.stderr).toContain('the output takes no more');
  });
});

describe('a loop over a stream that takes its time', () => {
  it('gets everything, though claude has long ended', async () => {
    const home = freshHome();
    const env = { PATH: process.env['PATH'], HOME: home.path, FAKE_CLAUDE: JSON.stringify(flood) };
    const events = stream({ prompt: 'hi', full: true, claudePath: FAKE_CLAUDE, cwd: home.project }, { env });
    let step = await events.next();
    await until(() => Number.isNaN(pidOf(home, 'fake-claude')));
    let count = 0;
    for (; step.done !== true; step = await events.next()) expect(step.value.sequence).toBe(++count);
    expect(count).toBe(EVENTS - 1);
    expect(step.value).toMatchObject({ class: 'success' });
  });
});
