import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse, turn } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { survivorsOf } from '../../support/processes.ts';
import { bashTwice } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const BY = ['--limits-by', 'prlimit'];

describe.runIf(process.platform === 'linux' && since('2.1.0'))('resource limits', () => {
  it('leave room for a run that needs less', async () => {
    const api = await stub(bashTwice);
    const run = await sluice(['--json', '--max-memory', '2GiB', '--max-cpu-time', '5m', ...BY, 'hi'], { api });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.bundle()).toMatchObject({ result: { success: true }, tools: [{ name: 'Bash', calls: 2, errors: 0 }] });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('hold what tools start', async () => {
    const command = 'ulimit -d; ulimit -t';
    const api = await stub(
      inTurn([toolUse('Bash', { command, description: 'Look' })], ({ toolResults }) =>
        turn([text(toolResults.at(-1)?.text ?? '')]),
      ),
    );
    const run = await sluice(['--allowed-tools=Bash', '--max-memory', '2GiB', '--max-cpu-time', '7m', ...BY, 'hi'], {
      api,
    });
    expect(run.stdout).toBe('2097152\n420\n');
  });
});
