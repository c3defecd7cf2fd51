import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { longRecording } from '../support/hostile-recording.ts';
import type { BenchFolder } from './bench-folder.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { atMost, type Figure } from './figure.ts';
import { startGateway } from './gateway/start-server.ts';

const MESSAGES = 50_000;

const PAINTED = `performance.getEntriesByName('first-contentful-paint')[0].startTime`;

/** Goes down a transcript, by the height of a line of three and by hundreds of messages in turn. */
const SCROLL = `(async () => {
  const list = document.querySelector('.scroller');
  for (let step = 0; step < 300; step++) {
    list.scrollTop += step % 3 === 2 ? list.scrollHeight / 120 : 400;
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
})()`;

/** (l) How soon the page and a report of a long run are seen, and how long its reader waits for the page while scrolling. */
export async function benchPage({ path, sluice }: BenchFolder): Promise<Figure[]> {
  const record = join(path, 'long.ndjson');
  writeFileSync(record, longRecording(MESSAGES));
  const { stdout } = await execa(process.execPath, [sluice, 'report', record], {
    env: cleanEnvironment(path),
    extendEnv: false,
    maxBuffer: 1e9,
  });
  const report = join(path, 'long.html');
  writeFileSync(report, stdout);
  const gateway = await startGateway({ path, sluice }, 'gateway-page', ['--ui'], cleanEnvironment);
  const browser = await startBrowser();
  try {
    const ui = await browser.newPage();
    await ui.goto(new URL('ui', gateway.url).href);
    await ui.getByLabel('Prompt', { exact: true }).waitFor();
    const shown = await ui.evaluate<number>(PAINTED);
    await ui.close();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(report).href);
    await page.getByText('message 1.').waitFor();
    const painted = await page.evaluate<number>(PAINTED);
    const longest = await longestTask(browser, page, () => page.evaluate(SCROLL));
    return [
      { part: 'l', what: 'first paint of the page of a gateway', value: shown, unit: 'ms', target: atMost(300) },
      {
        part: 'l',
        what: `first paint of a report of ${MESSAGES} messages`,
        value: painted,
        unit: 'ms',
        target: atMost(300),
      },
      { part: 'l', what: 'longest task while it is scrolled, CPU', value: longest, unit: 'ms', target: atMost(50) },
    ];
  } finally {
    await browser.close();
    await gateway.close();
  }
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of CPU. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Milliseconds of CPU of the longest task of a page's main thread meanwhile: others on the machine do not count. */
async function longestTask(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
    String(await browser.stopTracing()),
  );
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && main.has(threadOf(event)));
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1_000), 0);
}
