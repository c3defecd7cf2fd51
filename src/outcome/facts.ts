import { foldAnswer } from './answer.ts';
import type { Report } from './report-schema.ts';
import { salvageResult } from '../messages/salvage-result.ts';
import { foldLooseEnds, type LooseEnds } from './loose-ends.ts';
import { isFailedResult, isToolCall, isToolResult } from '../messages/tool-blocks.ts';
import { sum } from './sum.ts';
import { addModelUsage, advance, asTokenUsage, NO_USAGE } from './token-usage.ts';
import {
  type ContentBlock,
  isUnknown,
  type Message,
  type MessageOf,
  type SluiceMessage,
  type Usage,
} from '../messages/types.ts';
import { dollars } from './dollars.ts';

type Result = MessageOf<'result'>;
type Init = MessageOf<'system', 'init'>;

/**
 * What one pass over a run's messages leaves behind; small, whatever the length of the run. Where sluice started the run
 * again, results, answer, failures and bad lines are those of the newest start, `init` and `sessionId` the newest there
 * were; everything else, such as usage, cost, turns and retries, is of all together.
 */
export interface StreamFacts extends LooseEnds {
  readonly init: Init | null;
  readonly sessionId: string | null;
  /**
   * The result that counts: the last one, but for those that a background command's notification caused. What a subagent in the
   * background brings back is part of what was asked.
   */
  readonly result: Result | null;
  readonly results: number;
  /** The last result of all, whatever caused it. */
  readonly last: Result | null;
  /** Turns of the model, over all results; null when none told. */
  readonly turns: number | null;
  /** Claude's own estimate in dollars; null when no result told. */
  readonly costUsd: number | null;
  readonly modelUsage: Report['modelUsage'];
  /** The model's final text, rebuilt from its messages. */
  readonly answer: string;
  /** What claude said in place of the model: an API error, or a slash command's output. */
  readonly notice: string;
  /** Claude's code for the last API failure that it gave up on, such as `rate_limit`. */
  readonly apiError: string | null;
  /** The HTTP status of the last API failure, from whichever message told it. */
  readonly apiStatus: number | null;
  /** The newest retries, claude's own of API calls and ours of the whole run. */
  readonly attempts: Report['attempts'];
  /** How many retries there were, of both. */
  readonly retries: number;
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
  /** Those of the bad lines that are what is left of messages. */
  readonly damagedLines: number;
  readonly tornTail: boolean;
  /** Whether the model had begun another turn after the last result, as it does when a background task ends. */
  readonly turnOpen: boolean;
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

/** How many retries are kept; the newest count. */
const MAX_ATTEMPTS = 100;

/** How many messages may be arriving at once, those of subagents among them. */
const MAX_OPEN_MESSAGES = 256;

/** How many different fallbacks or failed hooks are told. */
const MAX_NOTES = 10;

/** Starts an empty fold. */
export function foldFacts(): FactsFold {
  const answer = foldAnswer();
  const looseEnds = foldLooseEnds();
  const toolNames = new Map<string, string>();
  const tools = new Map<string, { calls: number; errors: number }>();
  const attempts: Report['attempts'] = [];
  let retries = 0;
  let init: Init | null = null;
  let sessionId: string | null = null;
  let turns: number | null = null;
  let denials = 0;
  const fallbacks = new Set<string>();
  const failedHooks = new Set<string>();
  let messages = 0;
  let spent: Spending = { usage: NO_USAGE, costUsd: null, modelUsage: {} };
  let start = freshStart();

  function seeAssistant(message: MessageOf<'assistant'>): void {
    answer.seeAssistant(message);
    if (!message.parent_tool_use_id) start.turnOpen = true;
    start.apiError = message.error ?? null;
    if (message.api_error_status != null) start.apiStatus = message.api_error_status;
    if (message.message.usage) countUsage(message.message.id, message.message.usage);
    if (message.message.stop_reason === 'refusal') start.refused = true;
    for (const block of message.message.content) {
      if (isToolResult(block)) seeToolResult(block);
      if (!isToolCall(block) || block.name === undefined) continue;
      if (block.id !== undefined) toolNames.set(block.id, block.name);
      countTool(block.name).calls++;
    }
  }

  function seeToolResult(block: ContentBlock): void {
    if (block.tool_use_id === undefined) return;
    const name = toolNames.get(block.tool_use_id);
    toolNames.delete(block.tool_use_id);
    if (name !== undefined && isFailedResult(block)) countTool(name).errors++;
  }

  /** Each line of a message repeats its usage, and a later one may say more: only the difference counts. */
  function countUsage(id: string, told: Usage): void {
    const next = asTokenUsage(told);
    const { usageById } = start;
    start.usage = advance(start.usage, next, usageById.get(id));
    usageById.delete(id);
    usageById.set(id, next);
    const [oldest] = usageById.keys();
    if (usageById.size > MAX_OPEN_MESSAGES && oldest !== undefined) usageById.delete(oldest);
  }

  function seeUser(message: MessageOf<'user'>): void {
    answer.seeUser(message);
    const { content } = message.message;
    if (typeof content === 'string') return;
    for (const block of content) if (isToolResult(block)) seeToolResult(block);
  }

  /** Usage and turns are told by result, cost and usage by model for the session so far (2.1.197, 2.1.329). */
  function seeResult(message: Result): void {
    start.results++;
    start.last = message;
    start.turnOpen = false;
    if (message.usage) start.resultUsage = advance(start.resultUsage ?? NO_USAGE, asTokenUsage(message.usage));
    if (message.num_turns !== undefined) turns = sum(turns ?? 0, message.num_turns);
    const notified = message.origin?.kind === 'task-notification' && !start.agentIsBack;
    start.agentIsBack = false;
    if (notified && start.hasAnswer) return;
    start.hasAnswer ||= !notified;
    start.result = message;
    start.counted = answer.answer();
    answer.endRun();
  }

  function countTool(name: string): { calls: number; errors: number } {
    const counts = tools.get(name) ?? { calls: 0, errors: 0 };
    tools.set(name, counts);
    return counts;
  }

  function countRetry(retry: Report['attempts'][number]): void {
    retries++;
    attempts.push(retry);
    if (attempts.length > MAX_ATTEMPTS) attempts.shift();
  }

  function seeSystem(message: MessageOf<'system'>): void {
    switch (message.subtype) {
      case 'init':
        init = message;
        return;
      case 'api_retry':
        start.apiStatus = message.error_status;
        return countRetry({
          by: 'claude',
          attempt: message.attempt,
          maxRetries: message.max_retries,
          delayMs: message.retry_delay_ms,
          status: message.error_status,
          error: message.error,
        });
      case 'informational':
        if (message.prevent_continuation === true) start.blocked = true;
        return;
      case 'permission_denied':
        denials++;
        return;
      case 'model_refusal_fallback':
        answer.retract(message.retracted_message_uuids ?? []);
        note(fallbacks, message.content);
        return;
      case 'model_refusal_no_fallback':
        start.refused = true;
        return;
      case 'model_fallback':
        note(fallbacks, message.content);
        return;
      case 'task_started':
        if (message.task_type === 'local_agent') start.agents.add(message.task_id);
        return;
      case 'task_notification':
        if (start.agents.has(message.task_id)) start.agentIsBack = true;
        return;
      case 'hook_response':
        if (message.outcome === 'error') note(failedHooks, message.hook_name);
        return;
      default:
        return;
    }
  }

  function seeOwn(message: SluiceMessage): void {
    if (message.line !== undefined && message.subtype === 'warning') start.badLines++;
    if (message.code === 'damaged_line') start.damagedLines++;
    if (message.code === 'torn_line') start.tornTail = true;
    if (message.retry === undefined) return;
    countRetry(message.retry);
    spent = spending(spent, start);
    start = freshStart();
    answer.endRun();
  }

  return {
    see(message) {
      if (message.type !== 'sluice') messages++;
      looseEnds.see(message);
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
          if (!message.parent_tool_use_id) start.turnOpen = true;
          return answer.seePartial(message);
        case 'system':
          return seeSystem(message);
        case 'result':
          return seeResult(message);
        case 'rate_limit_event':
          if (message.rate_limit_info.status === 'rejected') {
            start.limitResetsAt = message.rate_limit_info.resetsAt ?? null;
          }
          return;
        case 'sluice':
          return seeOwn(message);
        default:
          return;
      }
    },
    facts() {
      const { text, notice } = start.counted ?? answer.answer();
      const { result, results, last, apiError, apiStatus, limitResetsAt, blocked, refused } = start;
      const { badLines, damagedLines, tornTail } = start;
      const turnOpen = start.turnOpen && results > 0;
      return {
        init,
        sessionId,
        result,
        results,
        last,
        turns,
        ...spending(spent, start),
        answer: text,
        notice,
        apiError,
        apiStatus,
        attempts: [...attempts],
        retries,
        limitResetsAt,
        blocked,
        refused,
        denials,
        fallbacks: [...fallbacks],
        failedHooks: [...failedHooks],
        tools: [...tools].map(([name, counts]) => ({ name, ...counts })),
        messages,
        badLines,
        damagedLines,
        tornTail,
        turnOpen,
        ...looseEnds.ends(),
      };
    },
  };
}

/** What is known of one start of claude. */
interface Start {
  result: Result | null;
  /** Whether that is the answer to what was asked, and not just what a notification caused. */
  hasAnswer: boolean;
  results: number;
  last: Result | null;
  /** The answer, once there is a result that counts. */
  counted: { readonly text: string; readonly notice: string } | null;
  apiError: string | null;
  apiStatus: number | null;
  limitResetsAt: number | null;
  blocked: boolean;
  refused: boolean;
  /** As messages tell it, and as results do: theirs counts where there is one. */
  usage: Report['usage'];
  resultUsage: Report['usage'] | null;
  readonly usageById: Map<string, Report['usage']>;
  badLines: number;
  damagedLines: number;
  tornTail: boolean;
  turnOpen: boolean;
  /** Subagents, by the ids of their tasks. */
  readonly agents: Set<string>;
  /** Whether one of them has reported since the last result. */
  agentIsBack: boolean;
}

function freshStart(): Start {
  return {
    result: null,
    hasAnswer: false,
    results: 0,
    last: null,
    counted: null,
    apiError: null,
    apiStatus: null,
    limitResetsAt: null,
    blocked: false,
    refused: false,
    usage: NO_USAGE,
    resultUsage: null,
    usageById: new Map(),
    badLines: 0,
    damagedLines: 0,
    tornTail: false,
    turnOpen: false,
    agents: new Set(),
    agentIsBack: false,
  };
}

type Spending = Pick<StreamFacts, 'usage' | 'costUsd' | 'modelUsage'>;

/** What one start after earlier ones has brought the run to. Each is a session of its own, with a count of its own. */
function spending(earlier: Spending, { usage, resultUsage, last }: Start): Spending {
  const cost = last?.total_cost_usd;
  return {
    usage: advance(earlier.usage, resultUsage ?? usage),
    costUsd: cost === undefined ? earlier.costUsd : dollars(sum(earlier.costUsd ?? 0, cost)),
    modelUsage: addModelUsage(earlier.modelUsage, last?.modelUsage ?? {}),
  };
}

/** Remembers a text once; the first few of a kind tell enough. */
function note(texts: Set<string>, text: string): void {
  if (texts.size < MAX_NOTES) texts.add(text);
}
