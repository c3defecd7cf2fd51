import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, succeed, type FakeScript } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type GatewayServer, startGateway } from '../../support/gateway.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../support/mount-namespace.ts';
import { processesOf } from '../../support/processes.ts';

const good: FakeScript = [...begin, ...succeed];

const ask = async ({ post }: GatewayServer): Promise<unknown> => (await post({ prompt: 'hi' })).json();
const list = async ({ fetch }: GatewayServer): Promise<unknown> => (await fetch('/v1/queries')).json();

const success = { outcome: { class: 'success' }, result: { summary: 'done' } };

describe.runIf(canMount())('a gateway whose state is on a full disk', () => {
  it('serves on, says so, and writes down what it can again once there is room', async () => {
    const home = freshHome();
    const state = join(home.path, 'state');
    mkdirSync(state, { mode: 0o700 });
    const mounted = (command: string): string =>
      `exec ${IN_MOUNT_NAMESPACE.join(' ')} sh -c 'mount -t tmpfs -o size=1m,mode=0700 none "$0" && exec "$@"' ${state} ${command}`;
    const server = await startGateway(['--state', state], { home, fake: good, shell: mounted });
    expect(await ask(server)).toMatchObject(success);
    // The same folder as it sees it.
    const [pid] = [...processesOf(home.path)].find(([, line]) => / serve /.test(line)) ?? [];
    const seen = join(`/proc/${pid}/root`, state);
    expect(existsSync(join(seen, 'index.db'))).toBe(true);
    const ballast = join(seen, 'ballast');
    expect(() => writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024))).toThrow(/ENOSPC/);
    expect(await ask(server)).toMatchObject(success);
    expect(server.log().filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ msg: expect.stringMatching(/^--state: database or disk is full/) }),
      expect.objectContaining({ msg: expect.stringMatching(/^--state: ENOSPC: no space left on device/) }),
    ]);
    rmSync(ballast);
    expect(await ask(server)).toMatchObject(success);
    expect(await list(server)).toMatchObject({
      queries: [{ class: 'success' }, { class: 'success' }, { class: 'success' }],
    });
  });
});
