import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/program.ts';
import { loadSettings, resolve, type Resolved } from '../../../src/cli/settings.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo } from './fake-io.ts';

/** What a command line comes to, in a folder and with an environment. */
async function resolved(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Resolved> {
  const cwd = temporaryFolder(files);
  const io = fakeIo({ cwd, env: { XDG_CONFIG_HOME: join(cwd, 'xdg'), ...env } });
  return resolve(await loadSettings(parseArguments(argv, { out: () => {}, columns: 80 }), io));
}

describe('settings', () => {
  it('have defaults, and leave claude its own', async () => {
    expect(await resolved(['hi'])).toEqual({
      output: undefined,
      record: undefined,
      bundle: undefined,
      maxMessages: 100,
      maxChars: 20_000,
      systemMessages: true,
      showThinking: false,
      redact: true,
      redactInput: true,
      secrets: { env: [], files: [], patterns: [], allowKinds: [], allowValues: [], allowPatterns: [] },
      color: 'auto',
      quiet: false,
      file: [],
      promptFile: undefined,
      slash: false,
      maxPrompt: 10 * 1024 * 1024,
      cwd: undefined,
      timeout: undefined,
      startTimeout: 60_000,
      idleTimeout: { api: 900_000, tool: 900_000, text: 900_000 },
      stdinTimeout: undefined,
      retries: undefined,
      retryMaxWait: 600_000,
      waitBackground: 0,
      keepBackground: false,
      isolate: false,
      failOnDenied: false,
      ceilings: { memory: undefined, cpuTime: undefined, processes: undefined, by: 'auto' },
      claudePath: undefined,
      layers: { claudePath: undefined, cwd: undefined },
      claude: {},
    });
  });

  it('come from the command line, parsed', async () => {
    expect(
      await resolved(['hi', '--timeout', '5m', '--retries', '0', '--no-redact', '--claude', './c', '--max-turns', '3']),
    ).toMatchObject({
      timeout: 300_000,
      retries: 0,
      redact: false,
      claudePath: './c',
      layers: { claudePath: '--claude', cwd: undefined },
      claude: { maxTurns: 3 },
    });
  });

  it('say how patient a run is', async () => {
    const flags =
      '--start-timeout 5s --idle-timeout api=1m --stdin-timeout 2s --retry-max-wait 3s --wait-background 4s';
    expect(await resolved([...flags.split(' '), '--keep-background', '--isolate', 'hi'])).toMatchObject({
      startTimeout: 5_000,
      idleTimeout: { api: 60_000, tool: 900_000, text: 900_000 },
      stdinTimeout: 2_000,
      retryMaxWait: 3_000,
      waitBackground: 4_000,
      keepBackground: true,
      isolate: true,
    });
  });

  it('have no limits with --full', async () => {
    expect(await resolved(['hi', '--full', '--max-chars', '5'])).toMatchObject({
      maxChars: Infinity,
      maxMessages: Infinity,
    });
  });

  it('come from all layers at once', async () => {
    const files = {
      '.sluicerc.json': '{"maxTurns":5,"maxChars":100}',
      'xdg/sluice/config.yaml': 'maxTurns: 9\nmodel: opus\nquiet: true\n',
    };
    expect(
      await resolved(['--effort', 'low', 'hi'], { SLUICE_MAX_CHARS: '64k', CLAUDE_CODE_ALLOWED_TOOLS: 'read' }, files),
    ).toMatchObject({
      maxChars: 65_536,
      quiet: true,
      claude: { maxTurns: 5, model: 'opus', effort: 'low', allowedTools: ['Read'] },
    });
  });

  it.each([
    ['--config', ['--config', 'ci.json', 'hi'], {}],
    ['SLUICE_CONFIG', ['hi'], { SLUICE_CONFIG: 'ci.json' }],
  ])('come from the file that %s names instead of the user’s own', async (_, argv, env) => {
    const files = { 'ci.json': '{"model":"sonnet"}', 'xdg/sluice/config.json': '{"model":"opus","quiet":true}' };
    expect(await resolved(argv, env, files)).toMatchObject({ quiet: false, claude: { model: 'sonnet' } });
  });

  it('name --claude’s layer for errors', async () => {
    expect(await resolved(['hi'], { SLUICE_CLAUDE_PATH: '/c' })).toMatchObject({
      layers: { claudePath: 'SLUICE_CLAUDE_PATH', cwd: undefined },
    });
  });

  it('say what is a secret and what is none', async () => {
    const files = { '.sluicerc.json': '{"secretEnv":["DEPLOY_KEY"],"secretFiles":["known.txt"]}' };
    const flags = [
      '--secret-env',
      'CI_TOKEN',
      '--secret-file',
      'mine',
      '--allow-secret-kind',
      'jwt',
      '--no-redact-input',
    ];
    expect(await resolved([...flags, 'hi'], {}, files)).toMatchObject({
      redactInput: false,
      secrets: {
        env: ['DEPLOY_KEY', 'CI_TOKEN'],
        files: [
          {
            path: expect.stringMatching(/^\/.*\/known\.txt$/),
            where: expect.stringMatching(/rc\.json: secretFiles$/),
            byProject: true,
          },
          { path: 'mine', where: '--secret-file', byProject: false },
        ],
        allowKinds: [{ kind: 'jwt', where: '--allow-secret-kind' }],
      },
    });
  });
});
