import { isRecord } from '../is-record.ts';
import type { Report } from './report-schema.ts';
import { sum } from './sum.ts';
import { dollars } from './dollars.ts';
import type { Usage } from '../messages/types.ts';

type TokenUsage = Report['usage'];

export const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
};

/** Counts as on the wire, as a report has them. */
export function asTokenUsage(usage: Usage): TokenUsage {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadInputTokens: usage.cache_read_input_tokens ?? 0,
    cacheCreationInputTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

/** The sum of `total` and what `next` has over `last`. */
export function advance(total: TokenUsage, next: TokenUsage, last: TokenUsage = NO_USAGE): TokenUsage {
  return {
    inputTokens: sum(total.inputTokens, next.inputTokens, -last.inputTokens),
    outputTokens: sum(total.outputTokens, next.outputTokens, -last.outputTokens),
    cacheReadInputTokens: sum(total.cacheReadInputTokens, next.cacheReadInputTokens, -last.cacheReadInputTokens),
    cacheCreationInputTokens: sum(
      total.cacheCreationInputTokens,
      next.cacheCreationInputTokens,
      -last.cacheCreationInputTokens,
    ),
  };
}

/** What claude counts by model; its other numbers, such as `contextWindow` and `maxOutputTokens`, are properties. */
const COUNTED = /^(?!max).*(?:Tokens|Requests)$|^costUSD$/;
const COST = 'costUSD';

/** The usage by model of two sessions together; what is no count is taken from `next`. */
export function addModelUsage(total: Report['modelUsage'], next: Report['modelUsage']): Report['modelUsage'] {
  const sum = new Map(Object.entries(total));
  for (const [model, usage] of Object.entries(next)) sum.set(model, addCounts(sum.get(model), usage));
  return Object.fromEntries(sum);
}

function addCounts(total: unknown, next: unknown): unknown {
  if (!isRecord(total) || !isRecord(next)) return next;
  const counts = Object.entries(total).filter(([name, value]) => COUNTED.test(name) && typeof value === 'number');
  const sums = counts.map(([name, value]) => {
    const more = next[name];
    const total = sum(Number(value), typeof more === 'number' ? more : 0);
    return [name, name === COST ? dollars(total) : total] as const;
  });
  return { ...total, ...next, ...Object.fromEntries(sums) };
}
