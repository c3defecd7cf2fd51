import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { page } from '../../../src/help/pager.ts';
import { TOPICS } from '../../../src/help/topics.ts';
import { main } from '../../../src/main.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type FakeProcess, fakeIo } from './fake-io.ts';

async function help(argv: readonly string[], own: FakeProcess = {}) {
  const io = { ...fakeIo({ cwd: temporaryFolder(), ...own }), argv: ['help', ...argv] };
  return { code: await main(io), ...io.printed() };
}

describe('sluice help', () => {
  it('lists every topic in a line each', async () => {
    const { code, out, err } = await help([]);
    expect([code, err]).toEqual([0, '']);
    for (const [name, { about }] of Object.entries(TOPICS))
      expect(out).toMatch(new RegExp(`^  ${name} +${about}$`, 'm'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each(Object.keys(TOPICS))(
    'prints %s as Markdown in a pipe, without marks and paths of the repository',
    async (name) => {
      const { code, out, err } = await help([name]);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^# \S/);
      expect(out).not.toMatch(/<!--|\]\(\w+\.md|\.\.\/|\u001B/);
    },
  );

  it('renders a topic on a terminal, no wider than that', async () => {
    const { code, out } = await help(['outcomes'], { isTTY: true, env: { TERM: 'xterm' } });
    expect(code).toBe(0);
    expect(out).toContain('\u001B[');
    const plain = (await help(['outcomes', '--color', 'never'], { isTTY: true })).out;
    expect(plain).toMatch(/^Outcomes and exit codes\n═+\n/);
    expect(plain).toMatch(/^class +│ exit code +│ what happened\n─+┼/m);
    expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThan(80);
  });

  it('breaks no command line that may be copied', async () => {
    const { out } = await help(['recipes', '--color', 'never'], { isTTY: true });
    expect(out).toMatch(/^sluice -p "what changed\?" .* --output-format stream-json --verbose$/m);
  });

  it('tells the flags of a command that is no topic', async () => {
    const { code, out } = await help(['redact']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: sluice redact \[options\] \[files\.\.\.\]/);
  });

  it.each([
    [
      'redation',
      /^sluice: usage: there is no help on "redation"; did you mean "redaction"\? .*sluice -p help redation\n$/,
    ],
    ['zzzzzz', /^sluice: usage: there is no help on "zzzzzz"; "sluice help" lists what there is\. .*\n$/],
  ])('refuses %s', async (name, message) => {
    const { code, out, err } = await help([name]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('is there also where the configuration is wrong', async () => {
    expect(await help(['config'], { env: { SLUICE_RETRIES: 'x' } })).toMatchObject({ code: 0 });
  });
});

describe('the pager', () => {
  it('is what $PAGER names, with its words', async () => {
    const file = join(temporaryFolder(), 'paged');
    const env = { PATH: process.env['PATH'], PAGER: `dd status=none of=${file}` };
    expect(await page('a page\n', env)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('a page\n');
  });

  it('may be missing, or be left in the middle', async () => {
    expect(await page('a page\n', { PAGER: '/nowhere/pager' })).toBe(false);
    expect(await page('a page\n'.repeat(100_000), { PATH: process.env['PATH'], PAGER: 'true' })).toBe(true);
  });
});
