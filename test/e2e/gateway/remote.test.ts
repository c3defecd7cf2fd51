import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, type FakeScript, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type GatewayServer, startGateway } from '../../support/gateway.ts';
import { startProxy } from '../../support/connect-proxy.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startMcp } from '../../support/mcp.ts';
import { sluice, startSluice } from '../../support/sluice.ts';
import { startTls } from '../../support/start-tls.ts';

/** Works until it is told to stop. */
const hanging: FakeScript = [...begin, { say: 'at work' }, { work: true }];

const served = (fake: FakeScript, args: readonly string[] = []): Promise<GatewayServer> =>
  startGateway(['--pass-env', 'FAKE_CLAUDE', ...args], { fake });

/** No claude is here to be used. */
const here = { claude: null, env: { PATH: '/nowhere' } };

describe('a run at a gateway', () => {
  it('is there with what is piped in, in every format', async () => {
    const { url } = await served([...begin, { confess: true }]);
    const asked = ['--gateway', url.href, '--record', 'run.ndjson', '--bundle', 'run.json', '--json', 'why?'];
    const run = await sluice(asked, { ...here, input: 'a log\n' });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.bundle()).toMatchObject({ outcome: { class: 'success' } });
    const { summary } = run.bundle().result;
    expect(summary).toMatch(/a log.*why\?/);
    expect(run.bundleFile('run.json').messages).toEqual(run.bundle().messages);
    const again = await sluiceHere(['replay', 'run.ndjson'], { ...here, home: run.home });
    expect(again).toMatchObject({ exitCode: 0, stdout: `${summary}\n` });
  });

  it('is cancelled there by Ctrl-C, with a partial bundle, and nothing is left of it', async () => {
    const { url, logs } = await served(hanging);
    const run = startSluice(['--gateway', url.href, '--json', 'hi'], here);
    await logs({ msg: 'query started' });
    run.kill('SIGINT');
    await logs({ ended: 'cancelled' });
    const { exitCode, bundle } = await run.finished;
    expect(exitCode).toBe(130);
    expect(bundle()).toMatchObject({ partial: true, outcome: { class: 'interrupted', exitCode: 130 } });
  });

  it('is let in by a token or a JWT in a file, which is read again where it is refused', async () => {
    const home = freshHome();
    const secret = join(home.path, 'secret');
    writeFileSync(secret, '0123456789abcdef0123456789abcdef', { mode: 0o600 });
    const { url, logs } = await served([...begin, ...succeed], ['--jwt-secret-file', secret]);
    const asked = ['--gateway', url.href, '--gateway-subject', 'alice', 'hi'];
    expect(await sluice(asked, here)).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('sluice: auth: ') });
    const run = await sluice(['--gateway-jwt-secret-file', secret, ...asked], here);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    await logs({ msg: 'query started', subject: 'alice' });
  });

  it('is asked for over TLS, by way of a proxy, where its certificate is trusted', async () => {
    const { url } = await served([...begin, ...succeed], ['--allow-hosts', 'gateway.test']);
    const { port, certificate } = await startTls(url, 'gateway.test');
    const proxy = await startProxy({ to: port });
    const [there, env] = ['https://gateway.test', { ...here.env, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }];
    const ask = (more: Readonly<Record<string, string>>, address = there) =>
      sluice(['--gateway', address, 'hi'], { ...here, env: { ...env, ...more } });
    const trusting = { NODE_EXTRA_CA_CERTS: certificate };
    expect(await ask(trusting)).toMatchObject({ exitCode: 0, stdout: 'done\n', stderr: '' });
    expect(new Set(proxy.asked)).toEqual(new Set(['gateway.test:443']));
    const stranger = await ask({});
    expect([stranger.exitCode, stranger.stderr]).toEqual([2, expect.stringContaining('NODE_EXTRA_CA_CERTS=FILE.pem')]);
    const misnamed = await ask(trusting, `https://localhost:${port}`);
    expect([misnamed.exitCode, misnamed.stderr]).toEqual([
      2,
      expect.stringContaining('certificate is for another host'),
    ]);
  });

  it('is refused for what only a claude of this machine has, and what a project may not say', async () => {
    const { exitCode, stderr } = await sluiceHere(['--isolate', 'hi'], {
      ...here,
      env: { SLUICE_GATEWAY: 'http://127.0.0.1:9' },
    });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^sluice: usage: --isolate: not with SLUICE_GATEWAY: /),
    ]);
    const home = freshHome();
    writeFileSync(join(home.project, '.sluicerc.json'), '{"gateway":"http://127.0.0.1:9"}');
    expect(await sluiceHere(['hi'], { ...here, home })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('narrow'),
    });
  });

  it.each([
    ['http://user:pass@127.0.0.1:9', [], 'no name and no password may stand in an address'],
    ['http://gateway.invalid:9', ['--gateway-token-file', 'token'], 'say --gateway-plain-http'],
  ])('is refused for the address %s', async (url, more, message) => {
    const home = freshHome();
    writeFileSync(join(home.project, 'token'), 'a-token-of-mine', { mode: 0o600 });
    const run = await sluiceHere(['--gateway', url, ...more, 'hi'], { ...here, home });
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(run.stderr).not.toMatch(/pass@|of-mine/);
  });

  it('says that nobody is there, and prints a bundle all the same', async () => {
    const run = await sluiceHere(['--gateway', 'http://127.0.0.1:9', '--json', 'hi'], here);
    expect([run.exitCode, run.bundle().outcome.class]).toEqual([75, 'network']);
    expect(run.stderr).toContain('nothing listens there');
  });
});

it('an MCP server on stdio has a gateway carry out its queries, and leaves the rest to that', async () => {
  const { url } = await served([...begin, ...succeed]);
  const server = await startMcp('stdio', ['--gateway', url.href], here);
  const client = await server.connect('modern');
  const { content, isError } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
  expect([isError ?? false, JSON.stringify(content)]).toEqual([false, expect.stringContaining('done')]);
  const refused = (more: readonly string[]) => sluiceHere(['mcp', '--gateway', url.href, ...more], here);
  expect((await refused(['--root', '/'])).stderr).toMatch(/usage: --root: not with --gateway: what queries may do/);
  expect((await refused(['--http'])).stderr).toMatch(/not with --gateway: it serves MCP over HTTP itself/);
});
