import { isRecord } from '../is-record.ts';
import { isFailedResult, isToolCall, isToolResult } from '../messages/tool-blocks.ts';
import { type ContentBlock, isUnknown, type Message } from '../messages/types.ts';
import { shorten } from '../shorten.ts';

/** What a run leaves open that only somebody who stays could close. */
export interface LooseEnds {
  /** What claude planned to do later, in its words: a session that is over wakes up no more. */
  readonly wakeups: readonly string[];
  /** Questions to a person that got no answer. */
  readonly questions: readonly string[];
}

/** Follows calls of the tools that ask somebody, or that plan for later (2.1.197, 2.1.332). */
export interface LooseEndsFold {
  see(message: Message): void;
  ends(): LooseEnds;
}

type Call =
  | { readonly kind: 'wake' | 'schedule' | 'ask'; readonly label: string }
  | { readonly kind: 'stay' | 'unschedule' };

/** Starts with none. */
export function foldLooseEnds(): LooseEndsFold {
  const calls = new Map<string, Call>();
  const schedules: string[] = [];
  const questions: string[] = [];
  /** A loop has one at a time: a later one takes its place. */
  let wakeup: string | null = null;

  function seeResult(block: ContentBlock): void {
    const call = calls.get(block.tool_use_id ?? '');
    if (call === undefined) return;
    calls.delete(block.tool_use_id ?? '');
    const failed = isFailedResult(block);
    if (call.kind === 'ask' && failed && questions.length < MOST_KEPT) questions.push(call.label);
    if (failed) return;
    if (call.kind === 'wake') wakeup = call.label;
    if (call.kind === 'stay') wakeup = null;
    if (call.kind === 'schedule' && schedules.length < MOST_KEPT) schedules.push(call.label);
    if (call.kind === 'unschedule') schedules.pop();
  }

  return {
    see(message) {
      if (isUnknown(message)) return;
      if (message.type === 'control_request' && message.request.subtype === 'elicitation')
        questions.push(shortOf(Object(message.request)['message'], 'of an MCP server'));
      if (message.type !== 'assistant' && message.type !== 'user') return;
      const { content } = message.message;
      if (typeof content === 'string') return;
      for (const block of content) {
        if (isToolResult(block)) seeResult(block);
        const call = isToolCall(block) ? callOf(block) : null;
        if (call !== null && block.id !== undefined) calls.set(block.id, call);
      }
    },
    ends: () => ({ wakeups: [...(wakeup === null ? [] : [wakeup]), ...schedules], questions: [...questions] }),
  };
}

const MOST_KEPT = 10;

function callOf({ name, input }: ContentBlock): Call | null {
  const given = isRecord(input) ? input : {};
  switch (name) {
    case 'AskUserQuestion': {
      const [first]: readonly unknown[] = Array.isArray(given['questions']) ? given['questions'] : [];
      return { kind: 'ask', label: shortOf(isRecord(first) ? first['question'] : undefined, name) };
    }
    case 'ScheduleWakeup':
      return given['stop'] === true ? { kind: 'stay' } : { kind: 'wake', label: shortOf(given['reason'], name) };
    case 'CronCreate':
      // One that is kept in a file may come in another session.
      return given['durable'] === true ? null : { kind: 'schedule', label: shortOf(given['prompt'], name) };
    case 'CronDelete':
      return { kind: 'unschedule' };
    default:
      return null;
  }
}

const LONGEST = 80;

/** One line of what claude says of it. */
function shortOf(text: unknown, otherwise: string): string {
  const line = typeof text === 'string' ? text.replaceAll(/\s+/g, ' ').trim() : '';
  if (line === '') return otherwise;
  return shorten(line, LONGEST);
}
