import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { userPath } from '../../support/user-path.ts';
import { begin, type FakeScript, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { ERAS, startMcp } from '../../support/mcp.ts';
import { type Running, startSluice } from '../../support/sluice.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLES = join(ROOT, 'examples/mcp');

describe('examples/mcp/client.mjs', () => {
  it('prints each message as it comes, and the answer', async () => {
    const run = await client('. "What is this?"', [...begin, ...succeed]).finished;
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(run.stderr).toMatch(/^ {2}1 system\n(?:.*\n)*? {2}2 assistant\n(?:.*\n)*? {2}3 result\n/m);
    expect(run.stderr).toContain("outcome: 'success'");
  });

  it('says why there is no answer', async () => {
    const failed: Step = { result: { subtype: 'success', is_error: true, result: 'Nobody is at home.' } };
    const run = await client('.', [...begin, failed, { exit: 1 }]).finished;
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('Nobody is at home.');
  });

  it('says why there is no server', async () => {
    const run = await client('gone', [...begin, ...succeed]).finished;
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: --root: .*gone/);
  });

  it('cancels on Ctrl-C', async () => {
    const running = client('.', [...begin, { say: 'at work' }, { interrupt: true }, { result: {} }, { goodbye: true }]);
    await running.says((stderr) => stderr.includes('2 assistant'));
    running.kill('SIGINT');
    expect(await running.finished).toMatchObject({
      exitCode: 130,
      stdout: '',
      stderr: expect.stringMatching(/^cancelled$/m),
    });
  });
});

const CONFIGURATIONS = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));

describe.each(CONFIGURATIONS)('examples/mcp/%s', (name) => {
  // Which client starts it makes no difference to what stands in it.
  const era = ERAS[CONFIGURATIONS.indexOf(name) % ERAS.length] ?? 'modern';

  it(`starts a server for the folder, for a ${era} client`, async () => {
    const home = freshHome();
    const { command, args } = serverIn(name);
    const [first, ...rest] = args.map((argument) => argument.replace(FOLDER, home.project));
    expect([command, first]).toEqual(['sluice', 'mcp']);

    const server = await startMcp('stdio', rest, { home, fake: [...begin, ...succeed] });
    const { tools } = await (await server.connect(era)).listTools();
    expect(tools.map(({ name }) => name)).toEqual(['claude_query', 'claude_query_messages']);
    expect(tools[0]?.description).toContain(`Folders: ${home.project} and`);
  });
});

/** What stands for the user's folder. */
const FOLDER = /^(?:\.|\$\{workspaceFolder\}|\/absolute\/path\/to\/your\/project)$/;

const serverSchema = z.object({ command: z.string(), args: z.array(z.string()) });
const configSchema = z.union([
  z.object({ mcpServers: z.object({ sluice: serverSchema }) }).transform(({ mcpServers }) => mcpServers.sluice),
  z.object({ servers: z.object({ sluice: serverSchema }) }).transform(({ servers }) => servers.sluice),
]);

/** The command line of an example. */
function serverIn(name: string): z.infer<typeof serverSchema> {
  return configSchema.parse(JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')));
}

/** Runs the client as a user would who has `sluice` on the `PATH`. */
function client(args: string, fake: FakeScript): Running {
  // The script of the fake claude is in its environment, and a shell would keep Ctrl-C from the client.
  const env = { PATH: userPath(), SLUICE_SERVER_ENV: 'FAKE_CLAUDE' };
  return startSluice([], { fake, env, shell: () => `exec node "${EXAMPLES}/client.mjs" ${args}` });
}
