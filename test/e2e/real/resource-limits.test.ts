import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse, turn } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { survivorsOf } from '../../support/processes.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe.runIf(process.platform === 'linux' && since('2.1.0'))('resource limits', () => {
  it('hold what tools start, and leave room for a run that needs less', async () => {
    const api = await stub(
      inTurn(
        [toolUse('Bash', { command: 'ulimit -d', description: 'Look' })],
        [toolUse('Bash', { command: 'ulimit -t', description: 'Look' })],
        ({ toolResults }) => turn([text(toolResults.map((result) => result.text).join())]),
      ),
    );
    const limits = ['--max-memory', '2GiB', '--max-cpu-time', '7m', '--limits-by', 'prlimit'];
    const run = await sluice(['--json', '--allowed-tools=Bash', ...limits, 'hi'], { api });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: '2097152,420' },
      tools: [{ name: 'Bash', calls: 2, errors: 0 }],
    });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });
});
