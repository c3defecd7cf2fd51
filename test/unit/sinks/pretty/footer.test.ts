import { describe, expect, it } from 'vitest';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { footerLines } from '../../../../src/sinks/pretty/footer.ts';
import { createPaint } from '../../../../src/sinks/pretty/theme.ts';
import { endingOf } from './events.ts';

function footer(ending: Ending, columns = 160): string {
  return footerLines(ending, columns, createPaint(0)).join('\n');
}

describe('footer', () => {
  it('tells what a success took', () => {
    expect(footer(endingOf())).toMatchInlineSnapshot(`
      "✓ success
        2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022 · auth: ANTHROPIC_API_KEY · session e3c9e254-0f2e-4662-8047-6183c453dab1"
    `);
  });

  it('folds its facts into 60 and 20 columns and keeps the session id whole', () => {
    expect(footer(endingOf(), 60)).toMatchInlineSnapshot(`
      "✓ success
        2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022
        auth: ANTHROPIC_API_KEY
        session e3c9e254-0f2e-4662-8047-6183c453dab1"
    `);
    expect(footer(endingOf(), 20)).toMatchInlineSnapshot(`
      "✓ success
        2 turns · 4.2 s
        1,230 tokens in
        40 out · $0.0022
        auth: ANTHROPIC_API_KEY
        session e3c9e254-0f2e-4662-8047-6183c453dab1"
    `);
  });

  it('tells of redactions, clippings, cache, login and warnings', () => {
    const ending = endingOf(
      {
        clipped: { strings: 3, characters: 9000 },
        warnings: ['2 tool calls were denied', 'claude left a process behind'],
      },
      {
        redactions: { total: 1204, byKind: {} },
        usage: { inputTokens: 5, outputTokens: 7, cacheReadInputTokens: 41000, cacheCreationInputTokens: 200 },
        claude: { ...endingOf().report.claude, apiKeySource: 'none' },
        executionTime: 3_725_000,
      },
    );
    expect(footer(ending)).toMatchInlineSnapshot(`
      "✓ success
        2 turns · 1 h 02 m · 41,205 tokens in (41,000 cached) · 7 out · $0.0022 · auth: no API key · 1,204 redacted · 3 clipped
        session e3c9e254-0f2e-4662-8047-6183c453dab1
      ⚠ 2 tool calls were denied
      ⚠ claude left a process behind"
    `);
  });

  it('says what went wrong and how to go on', () => {
    const ending = endingOf(
      { class: 'rate_limited', retryAfter: 90, message: 'the API limits you\u001B[2J' },
      { partial: true, numTurns: null, totalCostUsd: null },
    );
    expect(footer(ending)).toMatchInlineSnapshot(`
      "✗ rate_limited: the API limits you␛[2J
        4.2 s · 1,230 tokens in · 40 out · auth: ANTHROPIC_API_KEY · session e3c9e254-0f2e-4662-8047-6183c453dab1
        retry: in 1 m 30 s
        resume: sluice --resume e3c9e254-0f2e-4662-8047-6183c453dab1 "go on""
    `);
  });

  it('offers to resume only where that can help and the id is safe to paste', () => {
    expect(footer(endingOf({ class: 'max_turns' }))).toContain('sluice --resume e3c9e254');
    expect(footer(endingOf({ class: 'auth' }))).not.toContain('--resume');
    expect(footer(endingOf({ class: 'timeout' }, { partial: true, sessionId: null }))).not.toContain('--resume');
    expect(footer(endingOf({ class: 'timeout' }, { partial: true, sessionId: 'x; rm -rf ~' }))).not.toContain(
      '--resume',
    );
  });
});
