import { isFailedResult, isToolCall, isToolResult } from '../messages/tool-blocks.ts';
import { type ContentBlock, isUnknown, type Message, type RunEvent } from '../messages/types.ts';
import { describeInput } from '../sinks/pretty/describe-tool.ts';
import { followStatus } from '../sinks/pretty/status.ts';

/** A stretch in which no message came. */
export interface Gap {
  /** Milliseconds from the first message to its beginning. */
  readonly at: number;
  readonly ms: number;
  /** What was waited for: `waiting for the API`, `Bash`. */
  readonly waitingFor: string;
}

/** A call of a tool. */
export interface Call {
  readonly at: number;
  readonly name: string;
  /** What it was called with, in a line. */
  readonly input: string;
  readonly ended: 'well' | 'with an error' | 'not at all';
}

/** What happened when, from the first message on; times are in milliseconds. */
export interface Timeline {
  readonly messages: number;
  /** From the first message to the last. */
  readonly ms: number;
  /** The longest, in their order. */
  readonly gaps: readonly Gap[];
  readonly lastCall: Call | null;
  readonly calls: number;
  /** What was being done when the last message had come. */
  readonly last: string;
}

/** Follows a run's events. */
export interface TimelineFold {
  see(event: RunEvent): void;
  timeline(): Timeline;
}

/** Shorter ones are no wait. */
const LEAST_GAP_MS = 1_000;
const MOST_GAPS = 5;

/** Starts before the first event. */
export function foldTimeline(): TimelineFold {
  let now = 0;
  let first: number | null = null;
  let messages = 0;
  let calls = 0;
  let lastCall: { id: string; call: Call } | null = null;
  const gaps: Gap[] = [];
  const status = followStatus(() => now);

  function note(gap: Gap): void {
    gaps.push(gap);
    if (gaps.length > MOST_GAPS) gaps.splice(shortestOf(gaps), 1);
  }

  function seeBlock(block: ContentBlock, at: number): void {
    if (isToolCall(block) && block.name !== undefined && block.id !== undefined) {
      calls++;
      const input = describeInput(block.name, block.input).replaceAll(/\s+/g, ' ').trim();
      lastCall = { id: block.id, call: { at, name: block.name, input, ended: 'not at all' } };
    }
    if (isToolResult(block) && lastCall !== null && block.tool_use_id === lastCall.id) {
      const ended = isFailedResult(block) ? 'with an error' : 'well';
      lastCall = { id: lastCall.id, call: { ...lastCall.call, ended } };
    }
  }

  return {
    see({ message, timestamp }) {
      const time = Date.parse(timestamp);
      if (!Number.isNaN(time)) {
        first ??= time;
        const before = now;
        now = Math.max(before, time - first);
        if (now - before >= LEAST_GAP_MS) note({ at: before, ms: now - before, waitingFor: status.current().label });
      }
      messages++;
      status.see(message);
      for (const block of blocksOf(message)) seeBlock(block, now);
    },
    timeline: () => ({
      messages,
      ms: now,
      gaps: [...gaps],
      lastCall: lastCall?.call ?? null,
      calls,
      last: status.current().label,
    }),
  };
}

function blocksOf(message: Message): readonly ContentBlock[] {
  if (isUnknown(message) || (message.type !== 'assistant' && message.type !== 'user')) return [];
  const { content } = message.message;
  return typeof content === 'string' ? [] : content;
}

function shortestOf(gaps: readonly Gap[]): number {
  const lengths = gaps.map(({ ms }) => ms);
  return lengths.indexOf(Math.min(...lengths));
}
