import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredSecrets } from '../../../../src/cli/settings/declared-secrets.ts';
import { parseArguments } from '../../../../src/cli/program.ts';
import { loadSettings, originsOf, requestOf } from '../../../../src/cli/settings/settings.ts';
import { read, type Settings } from '../../../../src/config/layers.ts';
import { OPTION } from '../../../../src/config/command-options/options.ts';
import { charsKept, messagesKept } from '../../../../src/request/kept.ts';
import type { RunRequest } from '../../../../src/request/run-request.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeIo } from '../fake-io.ts';

interface Place {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What a command line comes to, in a folder and with an environment. */
async function settingsOf(argv: readonly string[], { env = {}, files = {}, cwd }: Place = {}): Promise<Settings> {
  const folder = cwd ?? temporaryFolder(files);
  const io = fakeIo({ cwd: folder, env: { XDG_CONFIG_HOME: join(folder, 'xdg'), ...env } });
  return loadSettings(parseArguments(argv, { out: () => {}, columns: 80 }), io, null);
}

const asked = async (argv: readonly string[], place?: Place): Promise<RunRequest> =>
  requestOf(await settingsOf(argv, place));

describe('settings', () => {
  it('ask for nothing that nobody said, and leave claude its own', async () => {
    expect(await asked(['hi'])).toEqual({});
  });

  it('have defaults', async () => {
    const settings = await settingsOf(['hi']);
    expect(read(settings, OPTION.color)).toBe('auto');
    expect(read(settings, OPTION.startTimeout)).toBe(60_000);
    expect(read(settings, OPTION.output)).toBeUndefined();
  });

  it('come from the command line, parsed', async () => {
    const cwd = temporaryFolder({});
    const argv = ['hi', '--timeout', '5m', '--retries', '0', '--no-redact', '--claude', './c', '--max-turns', '3'];
    expect(await asked(argv, { cwd })).toEqual({
      timeout: 300_000,
      retries: 0,
      noRedact: true,
      claudePath: join(cwd, 'c'),
      maxTurns: 3,
    });
  });

  it('say how patient a run is', async () => {
    const flags =
      '--start-timeout 5s --idle-timeout api=1m --retry-max-wait 3s --wait-background 4s --keep-background --isolate';
    expect(await asked([...flags.split(' '), 'hi'])).toEqual({
      startTimeout: 5_000,
      idleTimeout: { api: 60_000 },
      retryMaxWait: 3_000,
      waitBackground: { agent: 4_000, shell: 4_000 },
      keepBackground: true,
      isolate: true,
    });
  });

  it('have no limits with --full', async () => {
    const request = await asked(['hi', '--full', '--max-chars', '5']);
    expect([charsKept(request), messagesKept(request)]).toEqual([Infinity, Infinity]);
  });

  it('come from all layers at once', async () => {
    const files = {
      '.sluicerc.json': '{"maxTurns":5,"maxChars":100}',
      'xdg/sluice/config.yaml': 'maxTurns: 9\nmodel: opus\n',
    };
    const env = { SLUICE_MAX_CHARS: '64k', CLAUDE_CODE_ALLOWED_TOOLS: 'read' };
    expect(await asked(['--effort', 'low', 'hi'], { env, files })).toEqual({
      maxChars: 65_536,
      maxTurns: 5,
      model: 'opus',
      effort: 'low',
      allowedTools: ['Read'],
    });
  });

  it.each([
    ['--config', ['--config', 'ci.json', 'hi'], {}],
    ['SLUICE_CONFIG', ['hi'], { SLUICE_CONFIG: 'ci.json' }],
  ])('come from the file that %s names instead of the user’s own', async (_, argv, env) => {
    const files = { 'ci.json': '{"model":"sonnet"}', 'xdg/sluice/config.json': '{"model":"opus","isolate":true}' };
    expect(await asked(argv, { env, files })).toEqual({ model: 'sonnet' });
  });

  it('tell where each value came from, for errors', async () => {
    const settings = await settingsOf(['hi', '--timeout', '5m'], { env: { SLUICE_CLAUDE_PATH: '/c' } });
    expect(originsOf(settings)).toEqual({ claudePath: 'SLUICE_CLAUDE_PATH', timeout: '--timeout' });
  });

  it('take paths from where they are written: where the user stands, or the folder of a file', async () => {
    const files = { 'xdg/sluice/config.json': '{"mcpConfig":["mcp.json",{"mcpServers":{}}]}' };
    const cwd = temporaryFolder(files);
    const argv = ['hi', '--cwd', 'below', '--json-schema', 'schema.json', '--settings', '{"a":1}'];
    expect(await asked(argv, { cwd })).toEqual({
      cwd: join(cwd, 'below'),
      jsonSchema: join(cwd, 'schema.json'),
      settings: '{"a":1}',
      mcpConfig: [join(cwd, 'xdg/sluice/mcp.json'), { mcpServers: {} }],
    });
  });

  it('say what is a secret and what is none', async () => {
    const files = { '.sluicerc.json': '{"secretEnv":["DEPLOY_KEY"],"secretFiles":["known.txt"]}' };
    const flags = '--secret-env CI_TOKEN --secret-file mine --allow-secret-kind jwt --no-redact-input';
    const settings = await settingsOf([...flags.split(' '), 'hi'], { files });
    expect(requestOf(settings)).toEqual({ redactInput: false });
    expect(declaredSecrets(settings)).toMatchObject({
      env: ['DEPLOY_KEY', 'CI_TOKEN'],
      files: [
        {
          path: expect.stringMatching(/^\/.*\/known\.txt$/),
          where: expect.stringMatching(/rc\.json: secretFiles$/),
          byProject: true,
        },
        { path: expect.stringMatching(/^\/.*\/mine$/), where: '--secret-file', byProject: false },
      ],
      allowKinds: [{ kind: 'jwt', where: '--allow-secret-kind' }],
    });
  });
});
