import { describe, expect, it } from 'vitest';
import { HAS_TERMINAL, openTerminal } from '../../support/terminal.ts';
import { sluiceHere } from '../../support/in-process.ts';

describe('sluice help', () => {
  it('prints a topic as Markdown in a pipe', async () => {
    const run = await sluiceHere(['help', 'auth']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^# Authentication\n/) });
  });

  it('refuses a topic that there is not, with the one that was meant', async () => {
    const run = await sluiceHere(['help', 'ath']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/did you mean "auth"\?/) });
  });

  it.runIf(HAS_TERMINAL)('shows a long topic in the pager of a terminal, and a short list without', async () => {
    const { run, type, shows, take } = openTerminal(['help'], { env: { PAGER: 'tail -n 2' } });
    await shows('ready');
    type('eval "$SLUICE outcomes"; echo "code $?."\n');
    await shows('code 0.');
    const paged = take();
    expect(paged).toContain('done');
    expect(paged).not.toContain('what happened');
    type('eval "$SLUICE"; echo "list $?."\n');
    await shows('list 0.');
    expect(take()).toContain('Topics:');
    type('exit\n');
    await run.finished;
  });
});
