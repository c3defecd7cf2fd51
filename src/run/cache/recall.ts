import type { Report } from '../../outcome/report-schema.ts';
import { isUnknown, type RunEvent } from '../../messages/types.ts';
import type { Prompt } from '../../request/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { Answer, AnswerCache, KeptAnswer, Turn } from './answer-cache.ts';
import { cacheKey } from './cache-key.ts';
import type { Host } from '../host.ts';
import { dependsOnMore, isForOthers, mayBeAnswered } from './rules.ts';

/** What a run has to do with earlier ones that asked the same. */
export interface Recall {
  /** What one of them answered; null: this one is to ask. */
  readonly kept: KeptAnswer | null;
  /** Is shown what this one is told. */
  see(batch: readonly RunEvent[]): void;
  /** Keeps what this one came to, if that is what others would be answered, too. */
  keep(report: Report, redactor: Redactor): void;
  /** Lets others ask. Never rejects. */
  end(): Promise<void>;
}

/** Characters of what is kept of one run; an answer without tools takes a hundredth of it. */
const MOST_KEPT = 8 * 1024 * 1024;

/** Looks for an answer. Null for a run whose answer is its own. */
export async function recall(
  cache: AnswerCache,
  request: RunRequest,
  host: Host,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<Recall | null> {
  const key = mayBeAnswered(request, prompt) ? cacheKey(request, host, prompt) : null;
  if (key === null) return null;
  const found = await cache.open(key, signal);
  return 'report' in found
    ? { kept: found, see() {}, keep() {}, end: () => Promise.resolve() }
    : { kept: null, ...noteFor(found, prompt) };
}

function noteFor(turn: Turn, { text, inert = '' }: Prompt): Omit<Recall, 'kept'> {
  let events: RunEvent[] | null = [];
  let size = 0;
  return {
    see(batch) {
      // Pieces of messages that follow whole, and hooks, of which nobody knows what they look at.
      const seen = batch.filter(({ message }) => message.type !== 'stream_event');
      size += seen.reduce((sum, { message }) => sum + JSON.stringify(message).length, 0);
      if (size > MOST_KEPT || seen.some(dependsOnMore)) events = null;
      events?.push(...seen);
      // Nobody needs to wait for what won't be kept.
      if (events === null) void turn.end();
    },
    keep(report, redactor) {
      if (events !== null && isForOthers(report)) turn.keep({ events, report }, redactor.redact(text ?? inert).text);
    },
    end: () => turn.end(),
  };
}

/** What a run tells that found an answer: it took the time to find it, and nothing else. */
export function recalled(
  { at, events, report }: KeptAnswer,
  run: Pick<Report, 'runId' | 'startedAt' | 'executionTime'>,
): Answer {
  return {
    events: events.map(atNoCost),
    report: {
      ...report,
      ...run,
      usage: { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
      totalCostUsd: 0,
      modelUsage: {},
      attempts: [],
      cached: { at, runId: report.runId },
    },
  };
}

/** Whoever adds up what claude says of costs is not to count it twice. */
function atNoCost(event: RunEvent): RunEvent {
  const { message } = event;
  if (isUnknown(message) || message.type !== 'result') return event;
  return { ...event, message: { ...message, total_cost_usd: 0 } };
}
