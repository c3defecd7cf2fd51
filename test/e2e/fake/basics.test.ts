import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../src/outcome/classes.ts';
import { begin, succeed } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';
import manifest from '../../../package.json' with { type: 'json' };

describe('sluice itself', () => {
  it.each([[['--version']], [['-v']], [['-v', '--json']]])('tells its version alone with %j', async (args) => {
    const run = await sluice(args);
    expect(run).toMatchObject({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it.each([[['--help']], [['-h']]])('tells the flags that are used most with %j', async (args) => {
    const run = await sluiceHere(args);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    for (const words of ['Usage: sluice', 'Examples:', 'Exit codes:', '--record <FILE>', 'replay']) {
      expect(run.stdout).toContain(words);
    }
    for (const code of new Set(Object.values(EXIT_CODES))) expect(run.stdout).toMatch(new RegExp(`\\b${code}\\b`));
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each(['replay', 'config', 'demo'])('tells about "%s" alone', async (command) => {
    const run = await sluiceHere([command, '--help']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(new RegExp(`^Usage: sluice ${command}`));
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('prints no colour into a pipe, unless it is told to', async () => {
    const fake = [...begin, ...succeed];
    expect((await sluiceHere(['-o', 'pretty', 'hi'], { fake })).stdout).not.toContain('\u001B');
    expect((await sluiceHere(['-o', 'pretty', '--color', 'always', 'hi'], { fake })).stdout).toContain('\u001B[');
    expect((await sluiceHere(['-o', 'pretty', 'hi'], { fake, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001B[');
    const both = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect((await sluiceHere(['-o', 'pretty', '--color', 'never', 'hi'], { fake, env: both })).stdout).not.toContain(
      '\u001B',
    );
  });

  it('needs no home, no terminal type and no locale', async () => {
    const env = { HOME: undefined, TERM: undefined, LANG: undefined, TMPDIR: undefined };
    const run = await sluice(['hi'], { fake: [...begin, ...succeed], env });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
  });
});
