import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/main.ts';
import { createDraw } from '../secrets/random-secrets.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo, type FakeProcess, piped } from './fake-io.ts';

const TOKEN = `ghp_${createDraw(62)(36)}`;

/** One `sluice condense`, and what came of it. */
async function condense(argv: readonly string[], own: FakeProcess = {}) {
  const cwd = own.cwd ?? temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(cwd, 'xdg'), ...own.env };
  const io = { ...fakeIo({ ...own, cwd, env }), argv: ['condense', ...argv] };
  const code = await main(io);
  return { code, ...io.printed() };
}

const LONG = Array.from({ length: 2000 }, (_, index) => `request ${index} took ${index * 7} ms\n`).join('');

describe('sluice condense', () => {
  it('lets through what is within the budget, with secrets masked', async () => {
    expect(await condense([], { stdin: piped('a ', TOKEN, '\nb') })).toEqual({
      code: 0,
      out: 'a [REDACTED:github-token#1]\nb',
      err: '',
    });
  });

  it('makes a longer one fit, and says so', async () => {
    const { code, out, err } = await condense(['--input-budget', '3k'], { stdin: piped(LONG, 'FATAL: no disk\n') });
    expect(code).toBe(0);
    expect(out.length).toBeLessThanOrEqual(3000);
    expect(out).toContain('FATAL: no disk\n');
    expect(err).toMatch(/^sluice: \d+ of 2001 lines kept, \d+ characters\n$/);
  });

  it('prints the kinds of lines as a table, or as JSON', async () => {
    expect((await condense(['--stats'], { stdin: piped('a 1\na 2\nb\n') })).out).toBe(
      'count  first  last  template\n    2      1     2  a <*>\n    1      3     3  b\n',
    );
    expect((await condense(['--stats'], { stdin: piped('12:00:00 a 1\n12:00:07 a 2\nb\n') })).out).toBe(
      [
        'count  first  last  first at   last at  template\n',
        '    2      1     2  12:00:00  12:00:07  a <*>\n',
        '    1      3     3         -         -  b\n',
      ].join(''),
    );
    const { out } = await condense(['--stats', '--lines', '-o', 'json'], { stdin: piped('a 1\na 2\nb\n') });
    expect(JSON.parse(out)).toEqual({
      templates: [
        { id: 0, template: 'a <*>', count: 2, first: 1, last: 2 },
        { id: 1, template: 'b', count: 1, first: 3, last: 3 },
      ],
      lines: [0, 0, 1],
    });
  });

  it('reads UTF-16, and refuses what is no text', async () => {
    expect((await condense([], { stdin: Readable.from([Buffer.from('\ufeffa 1\n', 'utf16le')]) })).out).toContain(
      'a 1\n',
    );
    const { code, err } = await condense([], { stdin: Readable.from([Buffer.from([0x1f, 0x8b, 8, 0, 0])]) });
    expect([code, err]).toEqual([2, expect.stringContaining('gunzip -c')]);
  });

  it.each([
    [['-o', 'json'], '--stats'],
    [['--lines'], '--stats -o json'],
    [['-o', 'pretty'], 'prints text'],
    [['--model', 'x'], 'not for sluice condense'],
    [['--input-budget', '10'], '200k'],
  ])('refuses %j', async (argv, reason) => {
    const { code, err } = await condense(argv, { stdin: piped('a\n') });
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  });
});
