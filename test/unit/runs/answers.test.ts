import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type AnswersOptions, clearAnswers, listAnswers, openAnswers } from '../../../src/runs/answers/answers.ts';
import type { Answer, KeptAnswer, Turn } from '../../../src/run/cache/answer-cache.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { success } from '../sinks/endings.ts';
import { event, message } from '../stream/messages.ts';
import { result } from '../outcome/evidence.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const KEY = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

const NOBODY = new AbortController().signal;

const ANSWER: Answer = {
  events: [event(recognise(result())), event(message('brand_new', { field: '\u2028 🌕' }), 2)],
  report: success().report,
};

/** Answers in a folder, and what went wrong with them. */
function answersIn(folder: string, options: Partial<AnswersOptions> = {}) {
  const faults: string[] = [];
  const limits = { runs: 100, bytes: 1_000_000, ageMs: 3_600_000 };
  const onFault = (fault: string): void => void faults.push(fault);
  return { faults, ...openAnswers({ folder, version: '1.2.3', maxAgeMs: 60_000, limits, onFault, ...options }) };
}

async function turnAt(answers: ReturnType<typeof answersIn>, key = KEY): Promise<Turn> {
  const opened = await answers.open(key, NOBODY);
  if ('report' in opened) throw new Error('it was answered');
  return opened;
}

async function keepAt(answers: ReturnType<typeof answersIn>, key = KEY): Promise<void> {
  const turn = await turnAt(answers, key);
  turn.keep(ANSWER, 'Why?');
  await turn.end();
}

const fileIn = (folder: string): string =>
  join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.answer'))!,
  );

describe('answers in a folder', () => {
  it('are given again as they were, by their key', async () => {
    const answers = answersIn(temporaryFolder());
    await keepAt(answers);
    const kept = await answers.open(KEY, NOBODY);
    expect(kept).toEqual({ ...ANSWER, at: expect.any(String) });
    await (await turnAt(answers, OTHER)).end();
    expect(answers.faults).toEqual([]);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -20), 'it is not what was written'],
    ['empty', () => '', 'its beginning is damaged'],
    ['changed', (text: string) => text.replace('brand_new', 'brand_old'), 'it is not what was written'],
    ["another version's", (text: string) => text.replace('1.2.3', '1.2.4'), 'another version of sluice wrote it'],
    ['something else', () => '[1]\n', 'its beginning is damaged'],
  ])('are none where the file is %s, which is told', async (_, damaged, fault) => {
    const folder = temporaryFolder();
    const answers = answersIn(folder);
    await keepAt(answers);
    writeFileSync(fileIn(folder), damaged(readFileSync(fileIn(folder), 'utf8')));
    await keepAt(answers);
    expect(new Set(answers.faults)).toEqual(new Set([`a kept answer is passed over: ${fault}`]));
    expect(await answers.open(KEY, NOBODY)).toHaveProperty('report');
  });

  it('are none when they are older than what is asked for, or from the future', async () => {
    const folder = temporaryFolder();
    const answers = answersIn(folder);
    await keepAt(answers);
    const text = readFileSync(fileIn(folder), 'utf8');
    for (const at of [Date.now() - 61_000, Date.now() + 61_000]) {
      writeFileSync(fileIn(folder), text.replace(/"at":"[^"]*"/, `"at":"${new Date(at).toISOString()}"`));
      await (await turnAt(answers)).end();
    }
    expect(answers.faults).toEqual([]);
  });

  it('are none the day after they were asked for, of which claude told the model', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2020, 10, 30, 23, 59, 50) });
    onTestFinished(() => void vi.useRealTimers());
    const answers = answersIn(temporaryFolder());
    const turn = await turnAt(answers);
    vi.setSystemTime(new Date(2020, 10, 30, 23, 59, 55));
    turn.keep(ANSWER, 'Why?');
    await turn.end();
    expect(await answers.open(KEY, NOBODY)).toHaveProperty('report');
    vi.setSystemTime(new Date(2020, 11, 1));
    const late = await turnAt(answers);
    late.keep(ANSWER, 'Why?');
    await late.end();
    expect(await answers.open(KEY, NOBODY)).toHaveProperty('report');
    expect(answers.faults).toEqual([]);
  });

  it('are listed, the newest first, and cleared', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const folder = temporaryFolder();
    await keepAt(answersIn(folder));
    vi.setSystemTime(Date.now() + 1);
    await keepAt(answersIn(folder), OTHER);
    writeFileSync(join(folder, 'c.answer'), 'nothing');
    const [newest, oldest, more] = listAnswers(folder);
    expect(newest).toMatchObject({ key: 'b'.repeat(64), runId: success().report.runId, instruction: 'Why?' });
    expect(oldest).toMatchObject({ key: 'a'.repeat(64), size: expect.any(Number) });
    expect(more).toBeUndefined();
    expect(clearAnswers(folder)).toBe(3);
    expect([listAnswers(folder), clearAnswers(folder), listAnswers(join(folder, 'none'))]).toEqual([[], 0, []]);
  });

  it('go, the oldest first, where there is no room', async () => {
    const folder = temporaryFolder();
    await keepAt(answersIn(folder));
    const long = new Date(Date.now() - 5000);
    utimesSync(fileIn(folder), long, long);
    await keepAt(answersIn(folder, { limits: { runs: 1, bytes: 1_000_000, ageMs: 3_600_000 } }), OTHER);
    expect(listAnswers(folder).map(({ key }) => key)).toEqual(['b'.repeat(64)]);
    appendFileSync(join(folder, 'left.tmp'), '');
    utimesSync(join(folder, 'left.tmp'), long, long);
    await keepAt(answersIn(folder, { limits: { runs: 9, bytes: 1, ageMs: 4000 } }));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('two that ask the same at once', () => {
  it('ask once: the other waits for the answer', async () => {
    const folder = temporaryFolder();
    const turn = await turnAt(answersIn(folder));
    const other = answersIn(folder).open(KEY, NOBODY);
    turn.keep(ANSWER, 'Why?');
    await turn.end();
    expect(await other).toMatchObject({ report: ANSWER.report });
  });

  it('ask one after the other where the first had no answer for others', async () => {
    const folder = temporaryFolder();
    const first = await turnAt(answersIn(folder));
    const second = turnAt(answersIn(folder));
    await first.end();
    await expect((await second).end()).resolves.toBeUndefined();
  });

  it('wait no longer than their signal says', async () => {
    const folder = temporaryFolder();
    const first = await turnAt(answersIn(folder));
    const stop = new AbortController();
    const second: Promise<KeptAnswer | Turn> = answersIn(folder).open(KEY, stop.signal);
    stop.abort();
    expect(await second).toHaveProperty('keep');
    await first.end();
  });

  it('both ask where nothing can be locked, which is told', async () => {
    const answers = answersIn(join(temporaryFolder(), 'gone'));
    await (await turnAt(answers)).end();
    expect(answers.faults.join('\n')).toContain('other runs may ask the same at once: no such file');
  });
});
