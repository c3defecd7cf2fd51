import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import { VERSION } from '../../src/version.ts';
import { type FakeProcess, fakeIo, piped } from './cli/fake-io.ts';
import { createDraw } from './secrets/random-secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One command line, and what came of it. */
async function run(
  argv: readonly string[],
  own: FakeProcess = {},
): Promise<{ code: number; out: string; err: string }> {
  const cwd = own.cwd ?? temporaryFolder();
  const io = { ...fakeIo({ ...own, cwd, env: { XDG_CONFIG_HOME: join(cwd, 'xdg'), ...own.env } }), argv };
  const code = await main(io);
  return { code, ...io.printed() };
}

const SECRET = `ghp_${createDraw(61)(36)}`;

describe('main', () => {
  it.each(['-v', '--version'])('tells its version with %s', async (flag) => {
    expect(await run([flag])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  it('answers "version", and tells how to ask claude', async () => {
    const { code, out, err } = await run(['version']);
    expect({ code, out }).toEqual({ code: 0, out: `${VERSION}\n` });
    expect(err).toMatch(/^sluice: claude has .*: claude --version\n$/);
  });

  it.each<[string, Error, number, RegExp]>([
    [
      'full',
      new SluiceError('output_error', 'stdout cannot be written'),
      74,
      /^sluice: output_error: stdout cannot be/m,
    ],
    ['gone', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }), 141, /the client is gone"}\n$/],
  ])('ends a server whose stdout is %s with the exit code of that', async (_, broken, expected, said) => {
    const stdin = new PassThrough();
    stdin.write('no message\n');
    const { code, err } = await run(['mcp', '--claude', process.execPath], { stdin, broken });
    expect(code).toBe(expected);
    expect(err).toMatch(said);
  });

  it('shows help on stdout', async () => {
    const { code, out, err } = await run(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('sluice [options] [prompt...]');
  });

  it.each<[string, readonly string[], FakeProcess, RegExp]>([
    ['an unknown flag', ['--hologram', 'hi'], {}, /^sluice: usage: unknown option '--hologram'/],
    ['a bad duration', ['hi', '--timeout', 'soon'], {}, /^sluice: usage: --timeout: "soon" is not a duration/],
    ['a bad variable', ['hi'], { env: { SLUICE_RETRIES: 'x' } }, /^sluice: usage: SLUICE_RETRIES: "x" is not/],
    ['a config file that is missing', ['hi', '--config', 'gone.json'], {}, /^sluice: usage: --config: gone\.json/],
    ["a command of claude's", ['update'], {}, /^sluice: usage: "update" is no prompt .*run "claude update"/],
    ['a word behind --', ['a', '--', 'b'], {}, /^sluice: usage: -- b: .* put it before -- or say -p, .* to an option/],
    ['a mistyped command', ['repaly', 'x.ndjson'], {}, /^sluice: usage: there is no command "repaly"/],
    [
      "a flag of sluice's own behind --",
      ['hi', '--', '--output-format=json'],
      {},
      /^sluice: usage: -- --output-format=json/,
    ],
    [
      'a session that is elsewhere',
      ['--isolate', '--resume', '11111111-2222-4333-8444-555555555555', 'hi'],
      {},
      /^sluice: usage: --isolate: the session of --resume lies in your own configuration directory/,
    ],
    [
      'a session behind --',
      ['hi', '--', '-c'],
      { env: { SLUICE_ISOLATE: '1' } },
      /^sluice: usage: SLUICE_ISOLATE: .* of -c lies/,
    ],
    ['a file to replay that is missing', ['replay', 'gone.ndjson'], {}, /^sluice: usage: gone\.ndjson cannot be read/],
    ['too much to replay', ['replay', 'a', 'b'], {}, /^sluice: usage: /],
    [
      'a flag about a prompt',
      ['replay', '--no-stdin'],
      {},
      /^sluice: usage: --no-stdin: it is for runs, not for sluice replay/,
    ],
    ['nothing to replay', ['replay'], {}, /^sluice: usage: nothing to replay/],
  ])('tells %s in one line on stderr, and exits with 2', async (_, argv, own, message) => {
    const { code, out, err } = await run(argv, own);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^[^\n]+\n$/);
  });

  it('shows no secret and no escape of what was typed wrongly', async () => {
    const { err } = await run([`--timeout=${SECRET}\u001b[31m`, 'hi']);
    expect(err).toContain('--timeout');
    expect(err).not.toMatch(new RegExp(`${SECRET}|\u001b`));
  });

  it('ends at once, with one line and no secret, when something goes wrong that nobody caught', async () => {
    const io = fakeIo({ env: {} });
    const crashing = {
      ...io,
      argv: ['replay'],
      stdin: new PassThrough(),
      onCrash: (listener: (thrown: unknown) => void) => void setImmediate(listener, new Error(`boom\n${SECRET}`)),
    };
    expect(await main(crashing)).toBe(70);
    expect(io.printed()).toEqual({ out: '', err: 'sluice: internal: boom [REDACTED:github-token#1]\n' });
  });

  it('replays what is piped in', async () => {
    const stream = [
      { type: 'system', subtype: 'init', session_id: 's', cwd: '/', model: 'm', tools: [], permissionMode: 'default' },
      { type: 'result', subtype: 'success', is_error: false, result: 'All is well.', session_id: 's' },
    ];
    const stdin = piped(...stream.map((message) => `${JSON.stringify(message)}\n`));
    expect(await run(['replay', '-o', 'text'], { stdin })).toEqual({ code: 0, out: 'All is well.\n', err: '' });
  });

  it('shows settings, where they came from, and no secret in them', async () => {
    const cwd = temporaryFolder({ '.sluicerc.json': '{"maxTurns":3}' });
    const env = { SLUICE_APPEND_SYSTEM_PROMPT: `the key is ${SECRET}` };
    const { code, out } = await run(['config', '--timeout', '5m'], { cwd, env });
    expect(code).toBe(0);
    expect(out).toMatch(/--timeout +5m +--timeout/);
    expect(out).toMatch(/--max-turns +3 +.*\.sluicerc\.json/);
    expect(out).toMatch(/--append-system-prompt +the key is \[REDACTED:github-token#1\] +SLUICE_APPEND_SYSTEM_PROMPT/);
    expect(out).not.toMatch(/default/);
    expect(out).not.toContain(SECRET);
  });

  it('shows options that nothing set, too, and by which variable to', async () => {
    const { out } = await run(['config', '--all'], { env: { SLUICE_MODEL: 'opus' } });
    expect(out).toMatch(/--max-chars +\S+ +default +SLUICE_MAX_CHARS\n/);
    expect(out).toMatch(/--model +opus +SLUICE_MODEL +SLUICE_MODEL\n/);
    expect(out).toMatch(/--claude +– +SLUICE_CLAUDE_PATH\n/);
    expect(out).toMatch(/--file +–\n/);
  });

  it.each([
    [[], { SLUICE_MODEL: 'opus' }, '--model  opus  SLUICE_MODEL\n', 'all else is as by default'],
    [[], {}, '', 'nothing is set'],
    [['-q'], {}, '--quiet  true  --quiet\n', null],
  ])('says that there is more than is set with %j', async (args, env, out, more) => {
    const err = more === null ? '' : `sluice: ${more}; see sluice config --all\n`;
    expect(await run(['config', ...args], { env })).toEqual({ code: 0, out, err });
  });

  it('shows settings as JSON', async () => {
    const { out } = await run(['config', '-o', 'json'], { env: { SLUICE_MODEL: 'opus' } });
    expect(JSON.parse(out)).toMatchObject({
      model: { value: 'opus', from: 'SLUICE_MODEL' },
      maxMessages: { value: 100, from: 'default' },
    });
  });
});
