import { foldAnswer } from './answer.ts';
import type { Report } from './report-schema.ts';
import { salvageResult } from './salvage-result.ts';
import { isUnknown, type Message, type MessageOf, type Usage } from './types.ts';

type Result = MessageOf<'result'>;
type Init = MessageOf<'system', 'init'>;

/** What one pass over a run's messages leaves behind; small, whatever the length of the run. */
export interface StreamFacts {
  readonly init: Init | null;
  readonly sessionId: string | null;
  /** The result that counts: the last one that no background task's notification caused. */
  readonly result: Result | null;
  readonly results: number;
  /** The last result of all, whatever caused it: it tells the cost of the whole run. */
  readonly last: Result | null;
  /** Turns of the model, over all results; null when none told. */
  readonly turns: number | null;
  /** The model's final text, rebuilt from its messages. */
  readonly answer: string;
  /** What claude said in place of the model: an API error, or a slash command's output. */
  readonly notice: string;
  /** Claude's code for the last API failure that it gave up on, such as `rate_limit`. */
  readonly apiError: string | null;
  /** The HTTP status of the last API failure, from whichever message told it. */
  readonly apiStatus: number | null;
  readonly attempts: Report['attempts'];
  /** When a rejected usage limit resets, in epoch seconds. */
  readonly limitResetsAt: number | null;
  /** Whether claude itself stopped the prompt before any model call, by a hook. */
  readonly blocked: boolean;
  /** Whether a refusal ended the run. */
  readonly refused: boolean;
  /** Tool calls that were denied, as `permission_denied` messages told (2.1.329). */
  readonly denials: number;
  /** What claude said when it fell back to another model. */
  readonly fallbacks: readonly string[];
  readonly failedHooks: readonly string[];
  readonly tools: Report['tools'];
  readonly usage: Report['usage'];
  /** Lines of claude's output that were messages. */
  readonly messages: number;
  readonly badLines: number;
  readonly tornTail: boolean;
}

/** Folds messages into {@link StreamFacts}, one at a time. */
export interface FactsFold {
  see(message: Message): void;
  facts(): StreamFacts;
}

/** How many tool calls were denied, by whichever of the two signs shows more. */
export function deniedCount(facts: StreamFacts): number {
  return Math.max(facts.denials, facts.result?.permission_denials?.length ?? 0);
}

/** How many of claude's own retries are kept; the newest count. */
const MAX_ATTEMPTS = 100;

/** How many messages may be arriving at once, those of subagents among them. */
const MAX_OPEN_MESSAGES = 256;

/** How many different fallbacks or failed hooks are told. */
const MAX_NOTES = 10;

/** Starts an empty fold. */
export function foldFacts(): FactsFold {
  const answer = foldAnswer();
  const toolNames = new Map<string, string>();
  const tools = new Map<string, { calls: number; errors: number }>();
  const usageById = new Map<string, Report['usage']>();
  let usage = NO_USAGE;
  const attempts: Report['attempts'] = [];
  let counted: ReturnType<typeof answer.answer> | null = null;
  let init: Init | null = null;
  let sessionId: string | null = null;
  let result: Result | null = null;
  let last: Result | null = null;
  let resultUsage: Report['usage'] | null = null;
  let turns: number | null = null;
  let results = 0;
  let apiError: string | null = null;
  let apiStatus: number | null = null;
  let limitResetsAt: number | null = null;
  let blocked = false;
  let refused = false;
  let denials = 0;
  const fallbacks = new Set<string>();
  const failedHooks = new Set<string>();
  let messages = 0;
  let badLines = 0;
  let tornTail = false;

  function seeAssistant(message: MessageOf<'assistant'>): void {
    answer.seeAssistant(message);
    apiError = message.error ?? null;
    if (message.api_error_status != null) apiStatus = message.api_error_status;
    if (message.message.usage) countUsage(message.message.id, message.message.usage);
    if (message.message.stop_reason === 'refusal') refused = true;
    for (const block of message.message.content) {
      if (block.type !== 'tool_use' || block.name === undefined) continue;
      if (block.id !== undefined) toolNames.set(block.id, block.name);
      countTool(block.name).calls++;
    }
  }

  /** Each line of a message repeats its usage, and a later one may say more: only the difference counts. */
  function countUsage(id: string, told: Usage): void {
    const next = asUsage(told);
    usage = advance(usage, usageById.get(id) ?? NO_USAGE, next);
    usageById.delete(id);
    usageById.set(id, next);
    const [oldest] = usageById.keys();
    if (usageById.size > MAX_OPEN_MESSAGES && oldest !== undefined) usageById.delete(oldest);
  }

  function seeUser(message: MessageOf<'user'>): void {
    answer.seeUser(message);
    const { content } = message.message;
    if (typeof content === 'string') return;
    for (const block of content) {
      if (block.type !== 'tool_result' || block.tool_use_id === undefined) continue;
      const name = toolNames.get(block.tool_use_id);
      toolNames.delete(block.tool_use_id);
      if (name !== undefined && block.is_error === true) countTool(name).errors++;
    }
  }

  /** Usage and turns are told by result, cost and usage by model for the session so far (2.1.197, 2.1.329). */
  function seeResult(message: Result): void {
    results++;
    last = message;
    if (message.usage) resultUsage = advance(resultUsage ?? NO_USAGE, NO_USAGE, asUsage(message.usage));
    if (message.num_turns !== undefined) turns = (turns ?? 0) + message.num_turns;
    const notified = message.origin?.kind === 'task-notification';
    if (notified && result !== null && result.origin?.kind !== 'task-notification') return;
    result = message;
    counted = answer.answer();
    answer.endRun();
  }

  function countTool(name: string): { calls: number; errors: number } {
    const counts = tools.get(name) ?? { calls: 0, errors: 0 };
    tools.set(name, counts);
    return counts;
  }

  function seeSystem(message: MessageOf<'system'>): void {
    switch (message.subtype) {
      case 'init':
        init = message;
        return;
      case 'api_retry':
        apiStatus = message.error_status;
        attempts.push({
          attempt: message.attempt,
          maxRetries: message.max_retries,
          delayMs: message.retry_delay_ms,
          status: message.error_status,
          error: message.error,
        });
        if (attempts.length > MAX_ATTEMPTS) attempts.shift();
        return;
      case 'informational':
        if (message.prevent_continuation === true) blocked = true;
        return;
      case 'permission_denied':
        denials++;
        return;
      case 'model_refusal_fallback':
        answer.retract(message.retracted_message_uuids ?? []);
        note(fallbacks, message.content);
        return;
      case 'model_refusal_no_fallback':
        refused = true;
        return;
      case 'model_fallback':
        note(fallbacks, message.content);
        return;
      case 'hook_response':
        if (message.outcome === 'error') note(failedHooks, message.hook_name);
        return;
      default:
        return;
    }
  }

  return {
    see(message) {
      if (message.type !== 'sluice') messages++;
      if (isUnknown(message)) {
        if (typeof message['session_id'] === 'string') sessionId ??= message['session_id'];
        const salvaged = salvageResult(message);
        if (salvaged !== null) seeResult(salvaged);
        return;
      }
      if ('session_id' in message && message.session_id !== undefined) sessionId = message.session_id;
      switch (message.type) {
        case 'assistant':
          return seeAssistant(message);
        case 'user':
          return seeUser(message);
        case 'stream_event':
          return answer.seePartial(message);
        case 'system':
          return seeSystem(message);
        case 'result':
          return seeResult(message);
        case 'rate_limit_event':
          if (message.rate_limit_info.status === 'rejected') limitResetsAt = message.rate_limit_info.resetsAt ?? null;
          return;
        case 'sluice':
          if (message.line !== undefined) badLines++;
          if (message.code === 'torn_line') tornTail = true;
          return;
        default:
          return;
      }
    },
    facts() {
      const { text, notice } = counted ?? answer.answer();
      return {
        init,
        sessionId,
        result,
        results,
        answer: text,
        notice,
        apiError,
        apiStatus,
        attempts: [...attempts],
        limitResetsAt,
        blocked,
        refused,
        denials,
        fallbacks: [...fallbacks],
        failedHooks: [...failedHooks],
        tools: [...tools].map(([name, counts]) => ({ name, ...counts })),
        usage: resultUsage ?? usage,
        turns,
        last,
        messages,
        badLines,
        tornTail,
      };
    },
  };
}

/** Remembers a text once; the first few of a kind tell enough. */
function note(texts: Set<string>, text: string): void {
  if (texts.size < MAX_NOTES) texts.add(text);
}

const NO_USAGE: Report['usage'] = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
};

function asUsage(usage: Usage): Report['usage'] {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadInputTokens: usage.cache_read_input_tokens ?? 0,
    cacheCreationInputTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

/** The sum of `total` and what `next` has over `last`. */
function advance(total: Report['usage'], last: Report['usage'], next: Report['usage']): Report['usage'] {
  return {
    inputTokens: total.inputTokens + next.inputTokens - last.inputTokens,
    outputTokens: total.outputTokens + next.outputTokens - last.outputTokens,
    cacheReadInputTokens: total.cacheReadInputTokens + next.cacheReadInputTokens - last.cacheReadInputTokens,
    cacheCreationInputTokens:
      total.cacheCreationInputTokens + next.cacheCreationInputTokens - last.cacheCreationInputTokens,
  };
}
