import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';
import { shared } from '../../support/shared.ts';
import { API_KEY, type Invocation, sluice } from '../../support/sluice.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The package as it is installed somewhere, so that what the demo writes lies there. */
const installed = shared((): Required<Pick<Invocation, 'bin' | 'home'>> => {
  const home = freshHome();
  const parts = ['bin', 'dist', 'package.json', 'examples/logs'];
  for (const part of parts) cpSync(join(ROOT, part), join(home.path, 'sluice', part), { recursive: true });
  return { home, bin: join(home.path, 'sluice', 'bin', 'sluice.js') };
});

describe('sluice demo', () => {
  it.runIf(since('2.1.0'))('runs the real claude on a log, offline, and writes the bundle beside it', async () => {
    const run = await sluice(['demo'], { ...installed(), env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/● Bash /);
    expect(run.stdout).toMatch(/│ ✓ success$/m);
    const written = /document:\n(.+)/.exec(run.stderr)?.[1] ?? '';
    expect(dirname(written)).toBe(join(run.home.path, 'sluice', 'examples', 'logs'));
    const bundle = readFileSync(written, 'utf8');
    expect(JSON.parse(bundle)).toMatchObject({ result: { success: true }, redactions: { total: expect.any(Number) } });
    expect(run.stdout + bundle).not.toContain(API_KEY);
    expect(run.stderr).toMatch(
      /a stub on this machine:\nno key of yours was used, nothing left .* nothing was spent\./,
    );
    // Where sluice is installed on this machine, that one is shown.
    expect(run.stderr).toMatch(/Try next:\n {2}(?:node \S+sluice\.js|sluice) redact \S+deploy\.log\n/);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('shows a recording where there is no claude, and says so', async () => {
    const run = await sluice(['demo'], { ...installed(), claude: null, env: { PATH: dirname(process.execPath) } });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/no claude to run: .*\n.*recording/);
    expect(run.stderr).toMatch(/This was a recording [^]*? nothing was spent\.[^]*Try next:/);
    expect(run.stdout).toMatch(/│ ✓ success$/m);
    expect(existsSync(/document:\n(.+)/.exec(run.stderr)?.[1] ?? '')).toBe(true);
  });
});
