import { existsSync } from 'node:fs';
import process from 'node:process';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { atTestEnd } from './test-end.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Whether tests in a browser can run; in CI they have to. Debian's package is `chromium`. */
export const HAS_BROWSER = process.env['CI'] !== undefined || existsSync(CHROMIUM);

const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** Starts a browser without a window. */
export function startBrowser(): Promise<Browser> {
  // Root has no sandbox there, and is who runs tests in containers.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page in a browser, with what it did that no page of ours should. */
export interface WatchedPage {
  readonly page: Page;
  /** What it asked elsewhere than there, what it threw, and what its policy kept it from. */
  readonly faults: readonly string[];
}

/** Opens an empty page, which may ask nothing but `home`; it is closed with the test. */
export async function openPage(
  browser: Browser,
  home: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  atTestEnd(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) faults.push(`asked ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // A browser says so of each answer that is a refusal.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { page, faults };
}

/** Rules about colours: all else is alike in both themes. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with a page as it is now: in the light theme, and in the dark one with its colours. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate('globalThis.axe !== undefined'))) await page.evaluate(axe.source);
  for (const [colorScheme, runOnly] of [
    ['light', undefined],
    ['dark', { type: 'rule', values: ABOUT_COLOURS }],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await page.evaluate<unknown>(
      `axe.run(${JSON.stringify({ resultTypes: ['violations'], runOnly })}).then(({ violations }) =>
        violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]))`,
    );
    expect({ colorScheme, found }).toEqual({ colorScheme, found: [] });
  }
}
