import { describe, expect, it } from 'vitest';
import { EXIT_CODES, INTERRUPT_EXIT_CODES, RETRYABLE } from '../../../src/outcome/classes.ts';

describe('the table of exit codes', () => {
  it('is the documented one, and whole', () => {
    expect(EXIT_CODES).toEqual({
      success: 0,
      failed: 1,
      refused: 1,
      invalid_request: 1,
      prompt_too_long: 1,
      schema_unmet: 1,
      not_run: 1,
      usage: 2,
      claude_not_found: 3,
      auth: 4,
      billing: 4,
      max_turns: 5,
      max_budget: 5,
      crashed: 6,
      truncated: 6,
      denied: 7,
      incomplete: 7,
      findings: 7,
      internal: 70,
      output_error: 74,
      rate_limited: 75,
      overloaded: 75,
      api_error: 75,
      network: 75,
      locked: 75,
      timeout: 124,
      stalled: 124,
      interrupted: 130,
    });
  });

  it('gives 0 to success alone', () => {
    expect(Object.entries(EXIT_CODES).filter(([, code]) => code === 0)).toEqual([['success', 0]]);
  });

  it('gives 75 to exactly what is worth another try', () => {
    const temporary = Object.entries(EXIT_CODES).filter(([, code]) => code === 75);
    expect(new Set(temporary.map(([name]) => name))).toEqual(RETRYABLE);
  });

  it('has the code that a shell expects for each interrupt', () => {
    expect(INTERRUPT_EXIT_CODES).toEqual({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129, reader_gone: 141 });
  });
});
