import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bundle, bundleSchema } from '../../../../src/outcome/bundle.ts';
import { EXIT_CODES, type OutcomeClass } from '../../../../src/outcome/classes.ts';
import type { RunEvent } from '../../../../src/messages/types.ts';
import { failureOfRun } from '../../../../src/servers/mcp/result/failure.ts';
import { fitBundle } from '../../../../src/servers/mcp/result/fit-bundle.ts';
import { pageResult } from '../../../../src/servers/mcp/result/result.ts';
import { answerSchema, pageSchema } from '../../../../src/servers/mcp/tools/result-schemas.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, result, toolResult, toolUse, user } from '../../outcome/evidence.ts';
import { answerOf, eventsOf } from './faces.ts';
import type { Fields } from './wire.ts';
import { anyText } from '../../../support/any-text.ts';

const BUDGET = 20_000;

/** What a bundle takes without messages, at most, when all that can be given up is. */
const SKELETON = 3_000;

const fit = (bundle: Bundle, budget = BUDGET, isKept = true): Fields =>
  JSON.parse(fitBundle({ bundle, isKept }, budget));
const sequences = (messages: readonly Fields[]): number[] => messages.map(({ sequence }) => sequence);

const read = (id: string, body: string): ReturnType<typeof user> =>
  user([{ ...toolResult(id), content: body }], { tool_use_result: { file: body } });

describe('a bundle that is larger than a result may be', () => {
  it('is left as it is when it is not', () => {
    const { bundle } = answerOf();
    const { truncation, ...rest } = fit(bundle);
    const { truncation: before, ...whole } = bundle;
    expect(rest).toEqual(JSON.parse(JSON.stringify(whole)));
    expect(truncation).toEqual({ ...before, limits: { ...before.limits, maxResult: BUDGET }, next: null });
  });

  it('loses the bodies of tool results first', () => {
    const events = eventsOf([
      assistant([toolUse('a', 'Read')]),
      read('a', 'x'.repeat(9_000)),
      assistant('y'.repeat(6_000)),
    ]);
    const { bundle } = answerOf(events);
    const { messages, truncation } = fit(bundle);
    expect(sequences(messages)).toEqual([1, 2, 3]);
    expect(messages[1].truncated).toBe(true);
    expect(messages[1].message.message.content[0].content.length).toBeLessThan(5_000);
    expect(messages[2].message.message.content[0].text).toBe('y'.repeat(6_000));
    expect(truncation).toMatchObject({
      total: 3,
      returned: 3,
      dropped: 0,
      clippedStrings: 2,
      next: { tool: 'claude_query_messages', arguments: { runId: bundle.runId, from: 2 } },
    });
  });

  it('loses its oldest messages then', () => {
    const texts = Array.from({ length: 20 }, (_, index) => assistant(`${index} ${'y'.repeat(2_000)}`));
    const { bundle } = answerOf(eventsOf(texts));
    const { messages, truncation } = fit(bundle);
    expect(messages.length).toBeGreaterThan(5);
    expect(sequences(messages)).toEqual(sequences(bundle.messages.slice(-messages.length)));
    expect(messages.at(-1).message).toEqual(texts.at(-1));
    expect(truncation).toMatchObject({
      total: 20,
      returned: messages.length,
      dropped: 20 - messages.length,
      next: { arguments: { from: 1 } },
    });
    expect(fit(bundle, BUDGET, false).truncation).toMatchObject({ dropped: 20 - messages.length, next: null });
  });

  it('has other strings clipped only where not even the newest message fits', () => {
    const { bundle } = answerOf(eventsOf([assistant('One.'), assistant('y'.repeat(60_000))]));
    const { messages, truncation } = fit(bundle);
    expect(sequences(messages)).toEqual([2]);
    expect(messages[0].message.message.content[0].text).toContain('characters clipped by sluice');
    expect(truncation).toMatchObject({ returned: 1, dropped: 1, clippedStrings: 1 });
  });

  it('keeps its result whole, whatever else that costs', () => {
    const { bundle } = answerOf(eventsOf([assistant('One.')]));
    const summary = 'z'.repeat(BUDGET);
    const { result, messages, truncation } = fit({ ...bundle, result: { ...bundle.result, summary } });
    expect(result.summary).toBe(summary);
    expect(messages).toEqual([]);
    expect(truncation).toMatchObject({ returned: 0, dropped: 1, leftOut: expect.arrayContaining(['tools']) });
  });

  it('is never larger than asked for but for its result, which is untouched, and ends with the newest messages', () => {
    fc.assert(
      fc.property(bundles, fc.integer({ min: 4_000, max: 60_000 }), (bundle, budget) => {
        const text = fitBundle({ bundle, isKept: true }, budget);
        const fitted = JSON.parse(text);
        const least = JSON.stringify(bundle.result).length + SKELETON;
        expect(text.length).toBeLessThanOrEqual(Math.max(budget, least));
        expect(fitted.result).toEqual(JSON.parse(JSON.stringify(bundle.result)));
        expect(sequences(fitted.messages)).toEqual(
          sequences(fitted.messages.length === 0 ? [] : bundle.messages.slice(-fitted.messages.length)),
        );
        expect(fitted.truncation.returned).toBe(fitted.messages.length);
        expect(fitted.truncation.dropped).toBe(bundle.truncation.total - fitted.messages.length);
        const isWhole = fitted.truncation.dropped === 0 && !fitted.messages.some(({ truncated }: Fields) => truncated);
        expect(fitted.truncation.next === null).toBe(isWhole);
        expect(answerSchema.safeParse(fitted).error).toBeUndefined();
      }),
      { numRuns: rounds(100) },
    );
  });
});

describe('a page of messages', () => {
  const runId = answerOf().bundle.runId;
  const page = (messages: readonly RunEvent[], next: number | null = null, budget = BUDGET): Fields =>
    pageResult({ runId, sessionId: 's', messages, total: 99, next }, budget).structuredContent;

  it('is what was asked for where that fits', () => {
    const messages = eventsOf([assistant('One.'), result()]);
    expect(page(messages, 3)).toEqual({
      runId,
      sessionId: 's',
      messages: JSON.parse(JSON.stringify(messages)),
      total: 99,
      returned: 2,
      clippedStrings: 0,
      next: 3,
    });
  });

  it('has fewer messages rather than clipped ones', () => {
    const messages = eventsOf(Array.from({ length: 9 }, () => assistant('y'.repeat(6_000))));
    const { messages: sent, next } = page(messages, 10);
    expect(sequences(sent)).toEqual([1, 2, 3]);
    expect(next).toBe(4);
  });

  it('clips a message that is too large by itself, or leaves out what is in it, and goes on behind it', () => {
    const events = eventsOf([
      assistant('y'.repeat(60_000)),
      user(Array.from({ length: 3_000 }, () => toolResult('a'))),
    ]);
    const [clipped, hollow] = [page(events), page(events.slice(1))];
    expect(sequences(clipped.messages)).toEqual([1]);
    expect(clipped).toMatchObject({ next: 2, returned: 1, clippedStrings: 1 });
    expect(sequences(hollow.messages)).toEqual([2]);
    expect(hollow).toMatchObject({ next: null, messages: [{ truncated: true, message: { type: 'user' } }] });
  });

  it('always gets on, and is never larger than asked for', () => {
    fc.assert(
      fc.property(bundles, fc.integer({ min: 4_000, max: 60_000 }), ({ messages }, budget) => {
        const { content, structuredContent } = pageResult(
          { runId, sessionId: null, messages, total: 99, next: null },
          budget,
        );
        const [{ text }]: Fields = content;
        const page: Fields = structuredContent;
        expect(text.length).toBeLessThanOrEqual(budget);
        expect(JSON.parse(text)).toEqual(page);
        expect(sequences(page.messages)).toEqual(sequences(messages.slice(0, page.messages.length)));
        expect(page.messages.length).toBeGreaterThan(messages.length === 0 ? -1 : 0);
        expect(page.next).toBe(messages[page.messages.length]?.sequence ?? null);
        expect(pageSchema.safeParse(page).error).toBeUndefined();
      }),
    );
  });
});

describe('a run that brought nothing', () => {
  it.each(Object.keys(EXIT_CODES) as OutcomeClass[])('is an error that a program can tell, %s', (outcome) => {
    const { bundle } = answerOf();
    const failure = failureOfRun({
      bundle: { ...bundle, outcome: { ...bundle.outcome, class: outcome } },
      isKept: true,
    });
    expect(failure).toMatchObject({ status: 'error', details: { class: outcome, runId: bundle.runId } });
  });

  it('says when to try again, and what else went wrong', () => {
    const { bundle } = answerOf();
    const outcome = { ...bundle.outcome, class: 'rate_limited', retryable: true, retryAfter: 30 } as const;
    const warnings = Array.from({ length: 50 }, () => 'w'.repeat(9_000));
    const claude = { ...bundle.claude, stderr: 'boom' };
    const failure = failureOfRun({ bundle: { ...bundle, claude, outcome: { ...outcome, warnings } }, isKept: false });
    expect(failure).toMatchObject({
      error_code: 'rate_limited',
      details: { retryable: true, retryAfter: 30, stderr: 'boom' },
    });
    expect(failure.details).not.toHaveProperty('messages');
    expect(JSON.stringify(failure).length).toBeLessThan(45_000);
  });
});

const text = fc.oneof(
  fc.string(),
  anyText(),
  fc.nat(30_000).map((length) => 'é"'.repeat(length / 2)),
);

/** Messages of every shape, small and large, and texts in every place that can hold one. */
const bundles: fc.Arbitrary<Bundle> = fc
  .record({
    messages: fc.array(
      fc.oneof(
        text.map((text) => assistant(text)),
        text.map((text) => read('a', text)),
        text.map((text) => result({ result: text })),
        fc.array(fc.nat(), { maxLength: 4_000 }).map((numbers) => ({ type: 'new', numbers })),
      ),
      { maxLength: 30 },
    ),
    more: fc.nat(1_000),
    summary: text,
    structured: fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 2 })),
    stderr: text,
    warnings: fc.array(text, { maxLength: 20 }),
    denials: fc.array(text, { maxLength: 50 }),
    keys: fc.array(fc.string(), { maxLength: 50 }),
  })
  .map(({ messages, more, summary, structured, stderr, warnings, denials, keys }) => {
    const { bundle } = answerOf(eventsOf(messages));
    return {
      ...bundle,
      result: { success: false, summary, ...(structured === undefined ? {} : { structured }), error: 'stopped' },
      outcome: { ...bundle.outcome, warnings },
      claude: { ...bundle.claude, stderr },
      permissionDenials: denials.map((command) => ({ tool_name: 'Bash', tool_use_id: 't', tool_input: { command } })),
      modelUsage: Object.fromEntries(keys.map((key) => [key, { costUSD: 1 }])),
      truncation: { ...bundle.truncation, total: messages.length + more, dropped: more },
    };
  })
  .filter((bundle) => bundleSchema.safeParse(bundle).success);
