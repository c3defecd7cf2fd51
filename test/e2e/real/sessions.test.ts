import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutByTimeout } from '../../support/cut-by-timeout.ts';
import { freshHome } from '../../support/folder.ts';
import { remembering } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('a session', () => {
  it('has the id that --session-id gives it, once, and is gone on with by --resume, by -c, and as another by --fork-session', async () => {
    const home = freshHome();
    const api = await stub(remembering);
    const sessionId = '11111111-2222-4333-8444-555555555555';
    const bundleOf = async (...args: readonly string[]) => (await sluice(['--json', ...args], { home, api })).bundle();
    const turn = (number: number) => ({ summary: `Turn ${number}.` });
    expect(await bundleOf('--session-id', sessionId, 'first')).toMatchObject({ sessionId, result: turn(1) });
    const again = await sluice(['--session-id', sessionId, 'hi'], { home, api });
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(/^sluice: usage: .*already in use.*\n$/);
    expect(await bundleOf('--resume', sessionId, 'second')).toMatchObject({ sessionId, result: turn(2) });
    expect(await bundleOf('-c', 'third')).toMatchObject({ sessionId, result: turn(3), outcome: { warnings: [] } });
    const fork = await bundleOf('-c', '--fork-session', 'fourth');
    expect(fork.result).toMatchObject(turn(4));
    expect(fork.sessionId).not.toBe(sessionId);
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
