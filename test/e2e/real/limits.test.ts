import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { endlessTurns, expensive, structuredForgotten } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';

const SCHEMA = JSON.stringify({
  type: 'object',
  properties: { verdict: { type: 'string' } },
  required: ['verdict'],
  additionalProperties: false,
});

describe('limits', () => {
  it('--max-turns ends the run with 5', async () => {
    const run = await sluiceHere(['--max-turns', '2', '--json', 'hi'], await livingThrough(endlessTurns, 'maxturns'));
    expect(run.exitCode).toBe(5);
    expect(run.bundle()).toMatchObject({
      result: { success: false },
      outcome: { class: 'max_turns', exitCode: 5, retryable: false },
      sessionId: expect.any(String),
    });
    expect(run.stderr).toMatch(/^sluice: max_turns: .*raise --max-turns/m);
  });

  it.runIf(since('2.1.0'))('--max-budget-usd ends the run with 5', async () => {
    const run = await sluiceHere(['--max-budget-usd', '1', '--json', 'hi'], await livingThrough(expensive, 'budget'));
    expect(run.exitCode).toBe(5);
    expect(run.bundle().outcome.class).toBe('max_budget');
  });
});

describe.runIf(since('2.1.0'))('structured output', () => {
  it('that was never given is schema_unmet, whatever claude says', async () => {
    const run = await sluiceHere(
      ['--json-schema', SCHEMA, '--json', 'hi'],
      await livingThrough(structuredForgotten, 'structured-never'),
    );
    expect(run.exitCode).toBe(1);
    expect(run.bundle()).toMatchObject({
      result: { success: false },
      outcome: { class: 'schema_unmet', exitCode: 1 },
    });
  });
});
