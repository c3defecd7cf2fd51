import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { OPTIONS } from '../../../src/config/command-options/options.ts';
import { manPage } from '../../../src/help/man-page.ts';
import { EXIT_CODES } from '../../../src/outcome/classes.ts';
import { flagOf } from '../../../src/request/flag.ts';

const HAS_GROFF = spawnSync('groff', ['--version']).status === 0;

it('names every option and every outcome', async () => {
  const page = (await manPage(['replay', 'redact'])).replaceAll(String.raw`\-`, '-');
  expect(OPTIONS.map(flagOf).filter((flag) => !page.includes(flag))).toEqual([]);
  expect(page).toContain(String.raw`\%replay | \%redact`);
  expect(Object.keys(EXIT_CODES).filter((name) => !page.includes(name))).toEqual([]);
});

it.runIf(HAS_GROFF)('is set by groff without a complaint, as people expect a manual page', async () => {
  const input = await manPage(['replay', 'redact']);
  const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-Kutf8', '-Tutf8', '-P-c'], {
    input,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(spawnSync('groff', ['-man', '-ww', '-Kutf8', '-Tascii'], { input, encoding: 'utf8' }).stderr).toBe('');
  // Bold is written by striking over.
  const plain = stdout.replaceAll(/.\u0008/gu, '');
  expect(plain).toMatch(/^SLUICE\(1\) +User Commands +SLUICE\(1\)$/m);
  for (const section of ['NAME', 'SYNOPSIS', 'OPTIONS', 'EXIT STATUS', 'SEE ALSO'])
    expect(plain).toMatch(new RegExp(`^${section}$`, 'm'));
  expect(plain).toMatch(/^ +--record FILE\n +record +every +event +in +a +file/m);
});
