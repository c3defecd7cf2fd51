import { describe, expect, it } from 'vitest';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { HAS_PROC } from '../../support/minded-signals.ts';
import { processesOf } from '../../support/processes.ts';
import { sluice } from '../../support/sluice.ts';

/** Claude succeeds, and a tool of it has left a daemon behind. */
const withDaemon: readonly Step[] = [...begin, { spawn: 'exec sleep 987' }, { sleep: 200 }, ...succeed];

describe.runIf(HAS_PROC)('what a tool left running', () => {
  it('is ended and named, and the run a success', async () => {
    const run = await sluice(['--json', 'hi'], { fake: withDaemon });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([
      '1 process left running by tools and ended (sleep); keep such with --keep-background',
    ]);
    expect([...processesOf(run.home.path).values()]).toEqual([]);
  });

  it('goes on where it is to', async () => {
    const run = await sluice(['--json', '--keep-background', 'hi'], { fake: withDaemon, leaves: true });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([
      '1 process left running by tools, as --keep-background asks (sleep)',
    ]);
    expect([...processesOf(run.home.path).values()]).toEqual(['sleep 987']);
    expect(run.temporaryFiles()).toEqual([]);
  });

  it('is ended all the same when the run was cut short', async () => {
    const run = await sluice(['--json', '--keep-background', '--timeout', '1s', 'hi'], {
      fake: [...begin, { spawn: 'exec sleep 987' }, { hang: true }],
    });
    expect(run.exitCode).toBe(124);
    expect([...processesOf(run.home.path).values()]).toEqual([]);
  });
});
