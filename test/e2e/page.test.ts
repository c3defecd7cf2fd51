import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTurn, text, thinking, toolUse } from '../../src/demo/script.ts';
import { drawnToken } from '../support/drawn-token.ts';
import { expectAccessible, HAS_BROWSER, openPage, PHONE, startBrowser } from '../support/browser.ts';
import { layWire } from '../support/cut.ts';
import { begin, succeed } from '../support/fake.ts';
import { freshHome } from '../support/folder.ts';
import { startGateway } from '../support/gateway.ts';
import { hostileRecording, longRecording } from '../support/hostile-recording.ts';
import { sluice } from '../support/sluice.ts';
import { stub } from '../support/stub.ts';

let browser: Browser;

/** Goes through a transcript from its beginning to its end, opens all that can be, and tells what stands there that may not. */
const UNFOLD_ALL = `(async () => {
  const list = document.querySelector('.scroller');
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const made = new Set();
  for (let before = -1, steps = 0; before !== list.scrollTop && steps < 200; steps++) {
    before = list.scrollTop;
    for (const fold of list.querySelectorAll('[aria-expanded=false]')) fold.click();
    await drawn();
    for (const { protocol } of list.querySelectorAll('a')) made.add(protocol);
    for (const { tagName } of list.querySelectorAll('script, img, iframe, style, object, embed, form, base, link, meta')) {
      made.add(tagName);
    }
    if (/[\\u202A-\\u202E\\u2066-\\u2069]/.test(list.innerText)) made.add('bidi');
    list.scrollTop += list.clientHeight;
    await drawn();
  }
  return [...made];
})()`;

/** What the element that has the focus is called. */
const FOCUSED = `(() => {
  const { activeElement: at } = document;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText;
})()`;

/** Drops a file on the form that asks, or pastes one into it. */
const GIVEN = (kind: 'drop' | 'paste'): string => `(() => {
  const given = new DataTransfer();
  given.items.add(new File(['b'], '${kind}.txt'));
  const how = { bubbles: true, cancelable: true, dataTransfer: given, clipboardData: given };
  const event = new ${kind === 'drop' ? 'DragEvent' : 'ClipboardEvent'}('${kind}', how);
  document.querySelector('.new-run textarea').dispatchEvent(event);
})()`;

/** How much a page has stored. */
const STORED = `(async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  cookie: document.cookie,
  databases: (await indexedDB.databases()).length,
}))()`;

describe.runIf(HAS_BROWSER)('in a browser', () => {
  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser.close());

  it('a run is asked for, watched, approved, taken up again after a reload, and gone on with', async () => {
    const making = inTurn(
      [thinking('A file is to be made.'), text('I will **make** it.'), toolUse('Bash', { command: 'echo x > made' })],
      [text('It is made.')],
    );
    const home = freshHome();
    const { token, line } = drawnToken({ scopes: ['query', 'approve'] });
    const tokens = join(home.path, 'tokens');
    writeFileSync(tokens, `${line}\n`, { mode: 0o600 });
    const { url } = await startGateway(['--ui', '--ask-tools', 'Bash', '--tokens-file', tokens], {
      home,
      api: await stub(making),
    });
    const { page, faults } = await openPage(browser, url.href);
    const signIn = async (with_: string): Promise<void> => {
      await page.getByLabel('Bearer token').fill(with_);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };

    await page.goto(new URL('ui', url).href);
    await page.getByLabel('Bearer token').waitFor();
    await expectAccessible(page);
    await signIn('nobody');
    await page.getByText('That token is not accepted').waitFor();
    await signIn(token);
    await page.getByText('No run yet.').waitFor();
    await page.getByText('Options').click();
    await expectAccessible(page);

    const prompt = page.getByLabel('Prompt', { exact: true });
    await prompt.fill('make the file');
    // What was typed stays while there is no room for it.
    const size = page.viewportSize();
    await page.setViewportSize(PHONE);
    await prompt.waitFor({ state: 'hidden' });
    await page.setViewportSize(size ?? PHONE);
    await prompt.press('Control+Enter');
    await page.getByRole('heading', { name: 'May claude call Bash?' }).waitFor();
    await expectAccessible(page);
    expect(page.url()).not.toContain(token);

    await page.reload();
    await signIn(token);
    await page.getByText('I will make it.').waitFor();
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: 'Allow this call' }).click();
    await page.getByText('It is made.').waitFor();
    await page.getByLabel('Go on with this session').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    await page.getByRole('button', { name: 'done' }).click();
    await page.getByRole('group', { name: 'Input' }).getByText('echo x > made').waitFor();
    for (const tab of ['Transcript', 'Timeline', 'Details']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page);
    }
    await page.getByRole('link', { name: '← Runs' }).click();
    await page.getByRole('link', { name: 'make the file' }).waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
  });

  it('runs are cancelled, gone on with and found again by keyboard, and nothing of the token is left behind', async () => {
    const home = freshHome();
    const { token, line } = drawnToken({ scopes: ['query'] });
    const tokens = join(home.path, 'tokens');
    writeFileSync(tokens, `${line}\n`, { mode: 0o600 });
    const working = [...begin, { say: 'at work' }, { work: true }] as const;
    const { url } = await startGateway(['--ui', '--tokens-file', tokens, '--pass-env', 'FAKE_CLAUDE'], {
      home,
      fake: [working, [...begin, ...succeed], working],
    });
    const wire = await layWire(url);
    const { page, faults } = await openPage(browser, wire.url.href);
    const { keyboard } = page;
    const focused = (): Promise<string> => page.evaluate(FOCUSED);
    const tabTo = async (name: string): Promise<void> => {
      for (let left = 60; (await focused()) !== name && left > 0; left--) await keyboard.press('Tab');
      expect(await focused()).toBe(name);
    };

    await page.goto(new URL('ui', wire.url).href);
    await page.getByLabel('Bearer token').waitFor();
    await keyboard.type(token);
    await keyboard.press('Enter');
    await page.getByText('No run yet.').waitFor();
    await tabTo('Prompt');
    await keyboard.type('work');
    await keyboard.press('Control+Enter');
    await page.getByText('at work').waitFor();
    await tabTo('Cancel run');
    await keyboard.press('Enter');
    await page.getByLabel('Go on with this session').waitFor();
    await tabTo('Go on with this session');
    await keyboard.type('finish it');
    await keyboard.press('Control+Enter');
    await page.getByText('done', { exact: true }).waitFor();
    await tabTo('Sessions');
    await keyboard.press('Enter');
    await page.getByRole('link', { name: /finish it.*2 runs/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /finish it.*2 runs/ }).press('Enter');
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(2);

    await page.goto(`${new URL('ui', wire.url).href}#/new`);
    await page.locator('input[type=file]').setInputFiles({ name: 'app.log', mimeType: '', buffer: Buffer.from('a') });
    for (const kind of ['drop', 'paste'] as const) await page.evaluate(GIVEN(kind));
    await page.getByRole('button', { name: 'Remove paste.txt' }).press('Enter');
    await expectAccessible(page);
    await page.getByLabel('Prompt', { exact: true }).fill('read it');
    await keyboard.press('Control+Enter');
    await page.getByText('Attached: app.log, drop.txt').waitFor();
    await page.getByText('at work').waitFor();

    await page.route('**/v1/**', (route) => route.abort());
    wire.cut();
    await page.getByText('The gateway does not answer; it is asked again.').waitFor();
    await page.unroute('**/v1/**');
    await page.getByText('The gateway does not answer; it is asked again.').waitFor({ state: 'hidden' });
    await page.getByText('Run running').waitFor({ state: 'attached' });
    await page.route('**/v1/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>hello</p>' }));
    await page.getByRole('button', { name: 'Cancel run' }).press('Enter');
    await page.getByRole('alert').getByText('something else is there').waitFor();
    await page.unroute('**/v1/**');
    await page.getByRole('button', { name: 'Cancel run' }).press('Enter');
    await page.getByText('Run interrupted').waitFor({ state: 'attached' });

    await page.getByRole('button', { name: 'Sign out' }).press('Enter');
    await page.getByLabel('Bearer token').waitFor();
    expect(await page.evaluate(STORED)).toEqual({ local: 0, session: 0, cookie: '', databases: 0 });
    expect(await page.content()).not.toContain(token);
    expect(faults).toEqual([]);
    // A whole day of a user's, of which a busy machine makes more than a minute.
  }, 120_000);

  it('a report of a transcript that is made to break it shows all of it, and does nothing', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'run.ndjson'), hostileRecording());
    const { stdout, exitCode, stderr } = await sluice(['report', 'run.ndjson'], { home });
    expect([exitCode, stderr]).toEqual([0, '']);
    const path = join(home.project, 'run.html');
    writeFileSync(path, stdout);
    const file = pathToFileURL(path).href;
    const { page, faults } = await openPage(browser, file, { viewport: PHONE });
    await page.goto(file);
    await page.getByRole('article').first().waitFor();
    expect(await page.evaluate(UNFOLD_ALL)).toEqual(['https:']);
    await page.getByText('said at last').waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await page.evaluate('globalThis.hasRun')).toBeUndefined();
    expect(faults).toEqual([]);
  });

  it('a report of 2,000 messages has a few of them in the document, and goes to the last', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'run.ndjson'), longRecording(2_000));
    const { stdout } = await sluice(['report', 'run.ndjson'], { home });
    const path = join(home.project, 'run.html');
    writeFileSync(path, stdout);
    const file = pathToFileURL(path).href;
    const { page, faults } = await openPage(browser, file);
    await page.goto(file);
    await page.getByText('message 1.').waitFor();
    await page.getByRole('group', { name: 'Transcript' }).focus();
    await page.keyboard.press('End');
    await page.getByText('said at last').waitFor();
    expect(await page.getByRole('article').count()).toBeLessThan(100);
    expect(faults).toEqual([]);
  });
});
