import { describe, expect, it } from 'vitest';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startSluice } from '../../support/sluice.ts';

const failure = {
  is_error: true,
  api_error_status: 529,
  result: 'API Error: Repeated 529 Overloaded errors.',
  usage: { input_tokens: 10, output_tokens: 2 },
  total_cost_usd: 0.25,
};
const failed: readonly Step[] = [...begin, { result: failure }, { exit: 1 }];
const well: readonly Step[] = [...begin, ...succeed];

/** A claude that is told when its limit ends. */
const limitedFor = (seconds: number): readonly Step[] => [
  ...begin,
  {
    print: {
      type: 'rate_limit_event',
      rate_limit_info: { status: 'rejected', resetsAt: Math.floor(Date.now() / 1_000) + seconds },
      session_id: 's',
    },
  },
  { result: { ...failure, api_error_status: 429, result: "You've hit your session limit" } },
  { exit: 1 },
];

/** A claude that gets no further than to ask for some patience. */
const asking = (delay: number): readonly Step[] => [
  ...begin,
  {
    print: {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: delay,
      error_status: 429,
      error: 'rate_limit',
      session_id: 's',
      uuid: 'u',
    },
  },
  { interrupt: true },
  { result: { subtype: 'error_during_execution', is_error: true, terminal_reason: 'aborted_streaming' } },
];

describe('a run that sluice starts again', () => {
  it('is told as one: its end, all its retries, the sum of its costs', async () => {
    const run = await sluiceHere(['--json', 'hi'], { fake: [failed, failed, well] });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'done' },
      outcome: { class: 'success', evidence: { exitCode: 0, results: 1 } },
      attempts: [
        { by: 'sluice', attempt: 1, maxRetries: 10, status: 529, error: 'overloaded' },
        { by: 'sluice', attempt: 2, maxRetries: 10, status: 529, error: 'overloaded' },
      ],
      usage: { inputTokens: 21, outputTokens: 5 },
      totalCostUsd: 0.501,
      numTurns: 3,
    });
    expect(run.exitCode).toBe(0);
  });

  it('is given the same prompt and the same options', async () => {
    const confessing: readonly Step[] = [...begin, { confess: true }];
    const flags = ['--model', 'haiku', '--json-schema', '{"type":"object"}'];
    const once = await sluiceHere([...flags, 'what is wrong?'], { fake: [confessing], input: 'a log' });
    const twice = await sluiceHere([...flags, 'what is wrong?'], { fake: [failed, confessing], input: 'a log' });
    const said = (text: string): unknown => {
      const { argv, heard }: { argv: unknown; heard: unknown } = JSON.parse(text);
      return { argv, heard };
    };
    expect(said(twice.stdout)).toEqual(said(once.stdout));
  });

  it('is not started a third time when it worked in the meantime', async () => {
    const worked: readonly Step[] = [...begin, { bash: 'make' }, { result: failure }, { exit: 1 }];
    const run = await sluiceHere(['--json', 'hi'], { fake: [failed, worked, well] });
    expect(run.bundle()).toMatchObject({
      outcome: { class: 'overloaded', exitCode: 75 },
      attempts: [{ by: 'sluice', attempt: 1 }],
      tools: [{ name: 'Bash', calls: 1 }],
    });
  });

  it('ends as the last one did when nothing helps', async () => {
    const run = await sluiceHere(['--json', '--retries', '2', 'hi'], { fake: failed });
    expect(run.bundle()).toMatchObject({
      result: { success: false },
      outcome: { class: 'overloaded', exitCode: 75, retryable: true },
      attempts: [{ attempt: 1 }, { attempt: 2 }],
    });
    expect(run.exitCode).toBe(75);
  });

  it('is not one that is resumed, continued, or has an id of its own', async () => {
    for (const flags of [
      ['--resume', 'abc'],
      ['--continue'],
      ['--session-id', '11111111-2222-4333-8444-555555555555'],
    ]) {
      const run = await sluiceHere(['--json', ...flags, 'hi'], { fake: [failed, well] });
      expect(run.bundle()).toMatchObject({ outcome: { class: 'overloaded' }, attempts: [] });
    }
  });

  it('is not one that crashed', async () => {
    const run = await sluiceHere(['--json', 'hi'], { fake: [[...begin, { exit: 1 }], well] });
    expect(run.bundle()).toMatchObject({ outcome: { class: 'crashed' }, attempts: [] });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s while it waits for a limit to end', async (signal, exitCode) => {
    const fake = limitedFor(500);
    const run = startSluice(['--ndjson', '--bundle', 'b.json', 'hi'], { fake });
    await run.prints('starts again in 9 min');
    run.kill(signal);
    const finished = await run.finished;
    expect(finished.exitCode).toBe(exitCode);
    expect(finished.stderr).toContain('sluice --resume 11111111-2222-4333-8444-555555555555');
    expect(finished.bundleFile('b.json')).toMatchObject({
      partial: true,
      sessionId: '11111111-2222-4333-8444-555555555555',
      outcome: { class: 'interrupted', exitCode },
      attempts: [{ by: 'sluice', status: 429, error: 'rate_limited' }],
      claude: { version: '2.1.197' },
    });
  });

  it.each([
    ['the time limit comes', ['--timeout', '5m'], 500],
    ['is allowed by default', [], 3_600],
    ['--retry-max-wait allows', ['--retry-max-wait', '5m'], 500],
  ])('is none where the limit ends later than %s; then it ends at once', async (_, flags, seconds) => {
    const run = await sluiceHere(['--json', ...flags, 'hi'], { fake: limitedFor(seconds) });
    const { outcome, attempts } = run.bundle();
    expect(outcome).toMatchObject({ class: 'rate_limited', exitCode: 75, retryable: true });
    expect(outcome.retryAfter).toBeGreaterThan(seconds - 60);
    expect(outcome.retryAfter).toBeLessThanOrEqual(seconds);
    expect(attempts).toEqual([]);
  });

  it('shows so in pretty output', async () => {
    const run = await sluiceHere(['-o', 'pretty', 'hi'], { fake: [failed, well] });
    expect(run.stdout.replaceAll(/\n +│ +/g, ' ')).toMatch(
      /overloaded \(529\), and nothing was done yet: the run starts again in .+ s, retry 1 of/,
    );
    expect(run.exitCode).toBe(0);
  });
});

describe("claude's own retries", () => {
  it('are cut short where the wait is longer than --retry-max-wait', async () => {
    const run = await sluiceHere(['--json', '--retry-max-wait', '5s', 'hi'], { fake: asking(3_600_000) });
    expect(run.bundle().outcome).toMatchObject({
      class: 'rate_limited',
      exitCode: 75,
      retryAfter: 3_600,
      message: expect.stringContaining('60 min away, further than --retry-max-wait'),
    });
  });

  it('are cut short where the wait ends after the time limit', async () => {
    const run = await sluiceHere(['--json', '--timeout', '1m', 'hi'], { fake: asking(90_000) });
    expect(run.bundle().outcome).toMatchObject({ class: 'rate_limited', exitCode: 75, retryAfter: 90 });
  });
});

describe('a line of the output that was damaged', () => {
  const glued = '{"type":"assistant","message":{"id":"m{"type":"user","message":{"role":"user","content":"x"}}\n';

  it('makes the run no success, though claude says so; the answer is kept', async () => {
    const run = await sluiceHere(['--json', 'hi'], { fake: [...begin, { raw: glued }, ...succeed] });
    const bundle = run.bundle();
    expect(bundle).toMatchObject({
      result: { success: false, summary: 'done', error: expect.stringContaining('damaged') },
      outcome: { class: 'truncated', exitCode: 6, retryable: false },
    });
    expect(bundle.messages.map(({ message }) => message['code'])).toContain('damaged_line');
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toContain("sluice: truncated: a line of claude's output was damaged; messages are missing\n");
  });

  it('is not read for the result in it', async () => {
    const result = { type: 'result', subtype: 'success', is_error: false, result: 'salvaged' };
    const raw = `{"type":"assistant","mess${JSON.stringify(result)}\n`;
    const run = await sluiceHere(['--json', 'hi'], { fake: [...begin, { say: 'so far' }, { raw }] });
    expect(run.bundle()).toMatchObject({ result: { summary: 'so far' }, outcome: { class: 'truncated', exitCode: 6 } });
  });

  it("is another thing than a wrapper's own words", async () => {
    const run = await sluiceHere(['--json', 'hi'], { fake: [{ raw: 'loading nvm…\n' }, ...begin, ...succeed] });
    expect(run.bundle()).toMatchObject({
      result: { success: true },
      outcome: { class: 'success', warnings: ["1 line of claude's output could not be read"] },
    });
  });
});
