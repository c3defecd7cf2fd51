import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutByTimeout } from '../../support/cut-by-timeout.ts';
import { freshHome } from '../../support/folder.ts';
import { remembering } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('a session', () => {
  it('is gone on with by --resume: the model sees what was said before', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const first = await sluice(['--json', 'first'], { home, api });
    const { sessionId } = first.bundle();
    expect(first.bundle().result.summary).toBe('Turn 1.');
    const second = await sluice(['--json', '--resume', sessionId ?? '', 'second'], { home, api });
    expect(second.exitCode).toBe(0);
    expect(second.bundle()).toMatchObject({ sessionId, result: { summary: 'Turn 2.' } });
  });

  it('is gone on with by -c, and under a new id with --fork-session', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const { sessionId } = (await sluice(['--json', 'first'], { home, api })).bundle();
    const second = (await sluice(['-c', '--json', 'second'], { home, api })).bundle();
    expect(second).toMatchObject({ sessionId, result: { summary: 'Turn 2.' } });
    const third = (await sluice(['-c', '--fork-session', '--json', 'third'], { home, api })).bundle();
    expect(third.result.summary).toBe('Turn 3.');
    expect(third.sessionId).not.toBe(sessionId);
  });

  it('has the id that --session-id gives it, once', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const id = '11111111-2222-4333-8444-555555555555';
    expect((await sluice(['--json', '--session-id', id, 'hi'], { home, api })).bundle().sessionId).toBe(id);
    const again = await sluice(['--session-id', id, 'hi'], { home, api });
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(/^sluice: usage: .*already in use.*\n$/);
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

  it('of another folder is named with it, or gone on with', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const id = '11111111-2222-4333-8444-555555555555';
    const elsewhere = join(home.path, 'else where');
    mkdirSync(elsewhere);
    await sluice(['--session-id', id, 'first'], { home, api });
    const run = await sluice(['--json', '--resume', id, 'second'], { home, api, cwd: elsewhere });
    // Newer versions find it.
    const found = { exitCode: 0, message: 'done' };
    const lost = {
      exitCode: 2,
      message: expect.stringContaining(`; it belongs to ${home.project}: run it there, or pass --cwd ${home.project}`),
    };
    expect(run.bundle().outcome).toMatchObject(run.exitCode === 0 ? found : lost);
    const there = await sluice(['--cwd', home.project, '--json', '--resume', id, 'third'], {
      home,
      api,
      cwd: elsewhere,
    });
    expect(there.exitCode).toBe(0);
  });

  it('that there is none of to continue is a new one, and that is told', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const first = await sluice(['--continue', '--json', 'first'], { home, api });
    expect(first.bundle().outcome).toMatchObject({
      class: 'success',
      warnings: [`--continue: there was no conversation of ${home.project} to go on with; this is a new one`],
    });
    const second = await sluice(['--continue', '--json', 'second'], { home, api });
    expect(second.bundle()).toMatchObject({ result: { summary: 'Turn 2.' }, outcome: { warnings: [] } });
  });

  it('of a run that was interrupted can be gone on with', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const args = ['--json', 'slowly'];
    const cut = (await cutByTimeout(args, { home, api }, (run) => run.bundle().sessionId !== null)).bundle();
    expect(cut.outcome.class).toBe('timeout');
    const next = await sluice(['--resume', cut.sessionId ?? '', '--json', 'and now?'], { home, api });
    expect(next.exitCode).toBe(0);
    expect(next.bundle().result.success).toBe(true);
  });
});
