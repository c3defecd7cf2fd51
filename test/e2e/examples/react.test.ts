import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installExample, startExample } from '../../support/example.ts';
import { userPath } from '../../support/user-path.ts';
import { begin, FAKE_CLAUDE, type FakeScript, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { lacks } from '../../support/programs.ts';
import { atTestEnd } from '../../support/test-end.ts';

const BIN = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
const CHROMIUM = '/usr/bin/chromium';

describe('examples/react', () => {
  it('has types that fit', async () => {
    const { stdout } = await execa(join(BIN, 'tsc'), ['-p', installExample('react', 'react')], { reject: false });
    expect(stdout).toBe('');
  });

  it.skipIf(lacks(CHROMIUM))('follows a run, goes on with it when it is loaded again, and cancels it', async () => {
    const home = freshHome();
    const fake: FakeScript = [
      [...begin, { say: 'at work' }, { interrupt: true }, { result: { is_error: true } }, { goodbye: true }],
      [...begin, { bash: 'ls' }, ...succeed],
    ];
    const server = await startExample(`${installExample('react', 'react')}/run.sh ${home.project}`, {
      home,
      fake,
      env: { PATH: `${userPath(FAKE_CLAUDE)}:${BIN}` },
      isReady: async (url) => (await fetch(new URL('/main.js', url))).ok,
    });
    await server.says((log) => log.includes('"face":"gateway"'));
    const page = await openPage(home.path);
    await page.goto(server.url.href);

    await page.getByRole('textbox').fill('hi');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('at work').waitFor();
    await page.reload();
    await page.getByText('at work').waitFor();
    expect(await page.getByText('at work').count()).toBe(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('interrupted').waitFor();

    await page.getByRole('textbox').fill('and now?');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('success').waitFor();
    expect(await page.locator('section').innerText()).toMatch(/^· Bash\s+done$/);
    // Both were submitted once, whatever was loaded how often.
    expect(server.stderr().match(/"query started"/g)).toHaveLength(2);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.reload();
    expect(await page.locator('section').innerText()).toBe('');
  });
});

async function openPage(home: string) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    env: { ...process.env, HOME: home },
    args: ['--no-sandbox', '--disable-gpu'],
  });
  atTestEnd(() => browser.close());
  return browser.newPage();
}
