import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Script } from '../../src/demo/script.ts';
import { CLAUDE } from '../support/claude.ts';
import { begin, FAKE_CLAUDE, type FakeScript } from '../support/fake.ts';
import { emptyFolder, freshHome } from '../support/folder.ts';
import { streamOf } from '../support/recordings.ts';
import { plain } from '../support/scenarios.ts';
import { quote, sluice } from '../support/sluice.ts';
import { stub } from '../support/stub.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/cron/', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));

/** What cron mails of the job in the crontab: all that it prints, without a terminal and in an environment of four variables. */
async function mailOf(script: Script | FakeScript): Promise<string> {
  const isFake = typeof script !== 'function';
  const home = freshHome();
  const bin = emptyFolder();
  for (const [name, target] of Object.entries({
    sluice: BIN,
    claude: isFake ? FAKE_CLAUDE : CLAUDE,
    node: process.execPath,
  }))
    symlinkSync(target, join(bin, name));
  mkdirSync(join(home.path, 'shop'));
  mkdirSync(join(home.path, '.config', 'sluice'), { recursive: true });
  const own = {
    ANTHROPIC_API_KEY: 'sk-ant-fake-0000',
    ...(isFake ? { FAKE_CLAUDE: JSON.stringify(script) } : { ANTHROPIC_BASE_URL: (await stub(script)).url }),
    DISABLE_TELEMETRY: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const lines = Object.entries(own).map(([name, value]) => `${name}=${quote(value)}\n`);
  writeFileSync(join(home.path, '.config', 'sluice', 'env'), lines.join(''));
  const job = /^17 3 \* \* \* (.*)$/m.exec(readFileSync(join(EXAMPLES, 'crontab'), 'utf8'))?.[1] ?? '';
  writeFileSync(join(home.path, 'job'), job);
  const { path, temporary } = home;
  const minimal = `env -i HOME=${path} LOGNAME=me SHELL=/bin/sh PATH=${bin}:/usr/bin:/bin TMPDIR=${temporary}`;
  const run = await sluice([], { home, cwd: path, shell: () => `${minimal} /bin/sh -c "$(cat job)" 2>&1` });
  return run.stdout;
}

/** In eight hours, in seconds. */
const FAR_AWAY = Math.ceil(Date.now() / 1000) + 8 * 60 * 60;

describe('the crontab', () => {
  it('mails nothing of a success', async () => {
    expect(await mailOf(plain)).toBe('');
  });

  it('mails what failed, and that another try would fail alike', async () => {
    const mail = await mailOf([{ prompt: true }, { bytes: streamOf('e401').toString('base64') }, { exit: 1 }]);
    expect(mail).toMatch(/^Result: +auth \(exit code 4\)\n/);
    expect(mail).toMatch(/^Try again: +no, it would end alike\n/m);
  });

  it('mails when a limit ends that is too far away to be waited for', async () => {
    const limit = { is_error: true, api_error_status: 429, result: `Claude AI usage limit reached|${FAR_AWAY}` };
    const mail = await mailOf([...begin, { result: limit }, { exit: 1 }]);
    expect(mail).toMatch(/^Result: +rate_limited \(exit code 75\)\n/);
    expect(mail).toMatch(/^Try again: +yes, after \d{4}-\d\d-\d\dT[\d:.]+Z\n/m);
  });
});

const hasSystemd = execaSync('systemd-analyze', ['--version'], { reject: false }).exitCode === 0;
// Elsewhere there may be none; what the CI of this project installs has one.
describe.skipIf(!hasSystemd && process.env['CI'] !== 'true')('the systemd timer', () => {
  it('and its service are units without a mistake', () => {
    const units = ['timer', 'service'].map((kind) => join(EXAMPLES, `sluice-nightly.${kind}`));
    const { all, exitCode } = execaSync('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
      all: true,
      reject: false,
      env: { XDG_RUNTIME_DIR: emptyFolder() },
    });
    expect([all, exitCode]).toEqual(['', 0]);
  });
});
