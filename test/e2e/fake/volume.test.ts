import { describe, expect, it } from 'vitest';
import { begin } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';

describe('a lot of output', () => {
  it('is delivered to the last of 3,000 lines, in order', async () => {
    const run = await sluiceHere(['-o', 'stream-json', 'hi'], { fake: [...begin, { flood: 3_000 }, { result: {} }] });
    expect(run.exitCode).toBe(0);
    const numbers = [...run.stdout.matchAll(/"line (\d+)"/g)].map(([, number]) => Number(number));
    expect(numbers).toHaveLength(3_000);
    expect(numbers.every((number, index) => number === index + 1)).toBe(true);
  });

  it('is delivered whole when it is one line of 5 MB', async () => {
    const run = await sluiceHere(['--full', '-o', 'stream-json', 'hi'], {
      fake: [...begin, { huge: 5 }, { result: {} }],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout.split('\n').map((line) => line.length)).toContainEqual(expect.closeTo(5 * 1024 * 1024, -4));
  });

  it('is clipped to --max-chars in what is printed, and whole in the record', async () => {
    const run = await sluiceHere(['--max-chars', '1k', '-o', 'json', '--record', 'run.ndjson', 'hi'], {
      fake: [...begin, { huge: 1 }, { result: {} }],
    });
    const { truncation, messages } = run.bundle();
    expect(truncation).toMatchObject({ clippedStrings: 1, limits: { maxChars: 1024 } });
    expect(messages.map(({ truncated }) => truncated)).toEqual([false, true, false]);
    expect(run.bytes.length).toBeLessThan(20_000);
    expect(run.file('run.ndjson').length).toBeGreaterThan(1024 * 1024);
  });

  it('keeps the last --max-messages in the bundle and counts the others', async () => {
    const run = await sluiceHere(['--max-messages', '5', '--json', 'hi'], {
      fake: [...begin, { flood: 500 }, { result: {} }],
    });
    expect(run.bundle()).toMatchObject({
      truncation: { total: 502, returned: 5, dropped: 497 },
      messages: [{ sequence: 498 }, { sequence: 499 }, { sequence: 500 }, { sequence: 501 }, { sequence: 502 }],
    });
  });

  it('does not wait for a slow reader: claude ends, and nothing is lost', async () => {
    const run = await sluice(['--ndjson', 'hi'], {
      fake: [...begin, { flood: 20_000 }, { result: {} }],
      shell: (command) => `${command} | (sleep 2; cat)`,
    });
    expect(run.events().length).toBe(20_003);
  });
});
