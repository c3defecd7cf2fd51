import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome } from '../../support/folder.ts';
import { remembering } from '../../support/scenarios.ts';
import { sluice, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('a session', () => {
  it('is a new one with --continue where there is none to go on with, and that is told', async () => {
    const home = freshHome();
    const first = await sluice(['--continue', '--json', 'first'], { home, api: await stub(remembering) });
    expect(first.bundle()).toMatchObject({
      outcome: {
        class: 'success',
        warnings: [`--continue: there was no conversation of ${home.project} to go on with; this is a new one`],
      },
      result: { summary: 'Turn 1.' },
    });
  });

  it('that does not exist is a usage error', async () => {
    const api = await stub(remembering);
    const run = await sluice(['--json', '-r', '11111111-2222-4333-8444-555555555555', 'hi'], { api });
    expect(run.exitCode).toBe(2);
    expect(run.bundle().outcome).toMatchObject({
      class: 'usage',
      message: expect.stringMatching(/No conversation found/),
    });
    expect(api.requests.filter(({ conversation }) => conversation !== undefined)).toEqual([]);
  });

  it('has the id that --session-id gives it, once; of a run that was interrupted it can be gone on with by --resume and by -c, and as another by --fork-session; of another folder it is named with it, or gone on with', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const elsewhere = join(home.path, 'else where');
    mkdirSync(elsewhere);
    const sessionId = '11111111-2222-4333-8444-555555555555';
    const flags = ['--ndjson', '--include-partial-messages', '--bundle', 'b.json', '--session-id', sessionId];
    const run = startSluice([...flags, 'slowly'], { home, api });
    await run.prints('"text_delta"');
    run.kill('SIGINT');
    const cut = (await run.finished).bundleFile('b.json');
    expect(cut).toMatchObject({ sessionId, outcome: { class: 'interrupted' } });
    const again = await sluice(['--session-id', sessionId, 'hi'], { home, api });
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(/^sluice: usage: .*already in use.*\n$/);
    const resuming = ['--json', '--resume', sessionId];
    const away = await sluice([...resuming, 'and now?'], { home, api, cwd: elsewhere });
    // Newer versions find it.
    const found = { exitCode: 0, message: 'done' };
    const lost = {
      exitCode: 2,
      message: expect.stringContaining(`; it belongs to ${home.project}: run it there, or pass --cwd ${home.project}`),
    };
    expect(away.bundle().outcome).toMatchObject(away.exitCode === 0 ? found : lost);
    const next = await sluice(['--cwd', home.project, ...resuming, 'and now?'], { home, api, cwd: elsewhere });
    expect(next.exitCode).toBe(0);
    expect(next.bundle()).toMatchObject({ sessionId, result: { success: true } });
    const turns = Number(/^Turn (\d+)\.$/.exec(next.bundle().result.summary)?.[1]);
    const third = await sluice(['-c', '--json', 'third'], { home, api });
    const turn = (number: number) => ({ summary: `Turn ${number}.` });
    expect(third.bundle()).toMatchObject({ sessionId, result: turn(turns + 1), outcome: { warnings: [] } });
    const fork = (await sluice(['-c', '--fork-session', '--json', 'fourth'], { home, api })).bundle();
    expect(fork.result).toMatchObject(turn(turns + 2));
    expect(fork.sessionId).not.toBe(sessionId);
  });
});
