import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { begin, FAKE_CLAUDE, type Step, succeed } from '../../support/fake.ts';
import type { Home } from '../../support/folder.ts';
import type { Invocation } from '../../support/sluice.ts';
import type { Ending, Fault } from './fault.ts';

const well: readonly Step[] = [...begin, ...succeed];
const slowly: readonly Step[] = [...begin, { sleep: 1_500 }, ...succeed];
const half: readonly Step[] = [...begin, { say: 'half an answer' }];

const DAY = 24 * 60 * 60 * 1_000;

const success: Ending = { class: 'success' };

/** What the system and the user can do to sluice itself. */
export const OUR_FAULTS: readonly Fault[] = [
  {
    name: 'the disk fills up in mid-run',
    machine: { space: { after: 1_000, free: 0 } },
    how: { fake: [...half, { raw: '{"type":"assistant","mess' }, { hang: true }] },
    ends: { class: 'output_error', partial: true, within: 20 },
  },
  {
    name: 'the disk was full for a moment: two lines are glued',
    how: { fake: [...half, { raw: '{"type":"assistant","message":{"id":"msg_1' }, ...succeed] },
    ends: { class: 'truncated', partial: true },
  },
  {
    name: 'the disk is full from the start',
    machine: { space: { after: 0, free: 0 } },
    how: { fake: [...half, { hang: true }] },
    ends: { class: 'output_error', partial: true, within: 20 },
  },
  {
    name: 'a limit on the size of files',
    how: { fake: [...begin, { flood: 10_000 }, ...succeed], shell: limited('-f 256') },
    ends: { class: 'output_error', partial: true, saying: /ulimit -f/ },
  },
  {
    name: 'no watcher of files to be had',
    machine: { watchers: 'none' },
    how: { fake: well },
    ends: success,
  },
  { name: 'few descriptors', how: { fake: well, shell: limited('-n 64') }, ends: success },
  {
    name: 'no descriptor left',
    machine: { descriptors: 'none' },
    how: { fake: well },
    ends: { class: 'internal', partial: true, saying: /EMFILE/ },
  },
  {
    name: 'the clock jumps a day ahead',
    flags: ['--timeout', '1h', '--idle-timeout', '1h'],
    machine: { clock: { after: 1_000, by: DAY } },
    how: { fake: slowly },
    ends: success,
  },
  {
    name: 'the clock jumps a day back',
    flags: ['--timeout', '1h', '--idle-timeout', '1h'],
    machine: { clock: { after: 1_000, by: -DAY } },
    how: { fake: slowly },
    ends: success,
  },
  {
    name: '--record on a full disk',
    flags: ['--record', '/dev/full'],
    how: { fake: well },
    ends: { class: 'output_error' },
  },
  {
    name: '--bundle on a full disk',
    flags: ['--bundle', '/dev/full'],
    how: { fake: well },
    ends: { class: 'output_error' },
  },
  {
    name: 'stdout on a full disk',
    how: { fake: well, shell: (command) => `exec ${command} > /dev/full` },
    bundle: 'none',
    ends: { class: 'output_error' },
  },
  {
    name: 'the reader of stdout goes away',
    how: { fake: [...begin, { flood: 1_000 }, { interrupt: true }, { result: { is_error: true } }] },
    during: async (run) => {
      await run.prints('line 1');
      run.leave();
    },
    bundle: 'file',
    ends: { class: 'interrupted', exitCode: 141, partial: true },
  },
  {
    name: 'the reader of stdout goes away, and nothing is written',
    flags: ['-o', 'text'],
    how: { fake: [...half, { hang: true }], shell: unread },
    bundle: 'file',
    ends: { class: 'interrupted', exitCode: 141, partial: true },
  },
  {
    name: 'no folder for temporary files',
    // Not even to be made, as Node 24 would.
    how: { fake: well, env: { TMPDIR: '/dev/null/nowhere' } },
    ends: { class: 'internal', partial: true },
  },
  { name: 'the binary of claude is removed in mid-run', how: vanishing, ends: success },
  { name: 'no shell on PATH', how: withoutShell, ends: success },
  {
    name: 'no memory left',
    how: {
      fake: [...begin, { spawn: 'sleep 300' }, { huge: 100 }, { hang: true }],
      shell: (command) => `exec ${command.replace("' '", "' --max-old-space-size=40 '")}`,
    },
    bundle: 'none',
    ends: { exitCode: 134, within: 30 },
  },
  {
    name: 'sluice is killed by SIGKILL',
    how: { fake: [...half, { spawn: 'env -i setsid sleep 300' }, { say: 'more' }, { hang: true }] },
    during: async (run) => {
      await run.prints('more');
      run.kill('SIGKILL');
    },
    bundle: 'none',
    ends: { exitCode: 137, within: 10 },
  },
  {
    name: "sluice is killed by claude's first instruction",
    how: murderous,
    bundle: 'none',
    ends: { exitCode: 137, within: 10 },
  },
];

/** A claude whose first act is to kill sluice, and whose second one hides from all but the limit of its run. */
function murderous({ path }: Home): Invocation {
  const claude = join(path, 'claude');
  const daemon = `env -i setsid sleep 300.${Date.now()} </dev/null >/dev/null 2>&1 &`;
  writeFileSync(claude, `#!/bin/sh\nkill -KILL $PPID\n${daemon}\nsleep 300\n`, { mode: 0o755 });
  return { claude };
}

/** Runs under a limit of the shell's `ulimit`. */
function limited(limit: string): (command: string) => string {
  return (command) => `ulimit ${limit}; exec ${command}`;
}

/** Prints into a pipe that has no reader any more. */
function unread(command: string): string {
  return `(${command}; echo $? > code) | true; exit "$(cat code)"`;
}

/** A claude of its own, which removes its binary while it runs. */
function vanishing({ path }: Home): Invocation {
  const claude = join(path, 'claude.cjs');
  copyFileSync(FAKE_CLAUDE, claude);
  return { claude, fake: [...begin, { remove: claude }, ...succeed] };
}

/** Node and nothing else on `PATH`. */
function withoutShell({ path }: Home): Invocation {
  const bin = join(path, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  return { fake: well, env: { PATH: bin } };
}
