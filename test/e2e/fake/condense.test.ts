import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfession, whatClaudeSees } from '../../support/confession.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

const TOKEN = `ghp_${'aB3dE5gH7jK9mN1p'.repeat(3).slice(0, 36)}`;

/** A log of so many lines, one of which explains it, and one of which has a secret. */
function logOf(lines: number): string {
  const noise = Array.from({ length: lines }, (_, index) => `12:00:00 INFO served page ${index} in ${index % 7} ms\n`);
  noise.splice(lines / 2, 0, 'panic: no route to db\n', `remote ${TOKEN}\n`);
  return noise.join('');
}

const promptOf = (heard: readonly unknown[]): string => JSON.stringify(heard);

describe('a piped text over the budget', () => {
  it('is condensed, which the bundle tells', async () => {
    const run = await sluiceHere(['--json', 'why?'], { input: logOf(20_000), fake: [...begin, ...succeed] });
    const { condensed, redactions } = run.bundle();
    expect(condensed).toEqual({ lines: 20_002, kept: expect.any(Number), characters: expect.any(Number) });
    expect(condensed?.characters).toBeLessThanOrEqual(200_000);
    expect(redactions.input).toEqual({ total: 1, byKind: { 'github-token': 1 } });
  });

  it('is what claude sees, with secrets masked', async () => {
    const run = await sluiceHere(['-o', 'text', '--input-budget', '5k', 'why?'], {
      input: logOf(2000),
      fake: [...begin, { confess: true }],
    });
    const asked = promptOf(readConfession(run.stdout).heard);
    expect(asked).toContain('panic: no route to db');
    expect(asked).not.toContain(TOKEN);
    expect(asked.length).toBeLessThan(7000);
  });

  it('goes in whole with --raw-input', async () => {
    const { heard } = await whatClaudeSees(['--raw-input', '--input-budget', '5k', 'why?'], { input: logOf(2000) });
    expect(promptOf(heard)).toContain('served page 777 ');
  });

  it('may be larger than any prompt, piped or in a file', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'app.log'), logOf(20_000));
    const args = ['--json', '--max-prompt', '20k', '--input-budget', '8k', 'why?', '--file', 'app.log'];
    const run = await sluiceHere(args, { home, input: logOf(20_000), fake: [...begin, ...succeed] });
    const { condensed, redactions } = run.bundle();
    expect(condensed?.lines).toBe(40_004);
    expect(condensed?.characters).toBeLessThanOrEqual(16_000);
    expect(redactions.input?.total).toBe(2);
  });

  it('can be read whole where --spill keeps it, as long as the run lasts', async () => {
    const { heard, argv } = await whatClaudeSees(['--spill', '--input-budget', '5k', 'why?'], { input: logOf(2000) });
    const [, path = ''] = /is in the file (\S+):/.exec(promptOf(heard)) ?? [];
    expect(
      argv.some((argument) => argument.includes('--add-dir') && path.startsWith(argument.replace('--add-dir=', ''))),
    ).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('is shown by --dry-run as it would be sent, and nothing is started', async () => {
    const args = ['--dry-run', '--input-budget', '5k', '--claude', '/nowhere', 'why?'];
    const { stdout, stderr, exitCode } = await sluiceHere(args, { input: logOf(2000) });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^<attachment name="stdin" mark="(\w+)">\n\[sluice [^]*<\/attachment mark="\1">\nwhy\?\n$/);
    expect(stdout).toContain('[REDACTED:github-token#1]');
    expect(stderr).toMatch(/stdin: \d+ characters, \d+ of 2002 lines kept\n/);
    expect(stderr).toMatch(/about \d+ tokens, condensed; nothing was sent/);
    expect(stderr).toMatch(/about \$\d\S+ to \$\d\S+ by list prices of 2026 \(haiku to opus\)/);
    expect(stderr).toContain('1 masked: 1 github-token');
    expect(stderr).toContain('2000 × served page <*> in <*>');
  });
});
