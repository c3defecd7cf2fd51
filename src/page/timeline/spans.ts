import { isRecord } from '../../is-record.ts';
import { isToolCall, isToolResult } from '../../messages/tool-blocks.ts';
import type { ContentBlock, RunEvent } from '../../messages/types.ts';
import { describeInput } from '../../sinks/pretty/describe-tool.ts';
import { lineOf } from '../../shorten.ts';

/** UTF-16 units of what a span tells of the input of a tool. */
const MOST_INPUT = 120;

/** A stretch of a run's time; milliseconds since the epoch. */
export interface Span {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Who the time was taken by: the model, a tool, or something that was waited for. */
export type Lane = 'model' | 'tool' | 'wait';

/** Times of a run that are in no message; null where they are not known. */
export interface Bounds {
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Follows a run's events to tell what took its time. */
export interface SpanFold {
  see(event: RunEvent): void;
  /** What took the time until now, in the order in which it began. */
  spans(bounds: Bounds): readonly Span[];
}

/** Starts before the first event. What subagents do is in the time of their call. */
export function foldSpans(): SpanFold {
  const done: Span[] = [];
  const calls = new Map<string, { readonly from: number; readonly label: string }>();
  let first: number | null = null;
  let last = 0;
  /** Since when the model is waited for; null while it is not. */
  let since: number | null = null;
  /** When it is tried again. */
  let retry: { readonly from: number; readonly until: number; readonly label: string } | null = null;

  function endRetry(at: number): void {
    if (retry === null) return;
    const to = Math.min(at, retry.until);
    done.push({ lane: 'wait', from: retry.from, to, label: retry.label });
    since = to;
    retry = null;
  }

  function seeModel(at: number): void {
    if (since !== null && at > since) done.push({ lane: 'model', from: since, to: at, label: 'model' });
    since = at;
  }

  function seeBlock(block: ContentBlock, at: number): void {
    if (isToolCall(block) && block.id !== undefined) {
      const name = block.name ?? 'a tool';
      const input = lineOf(describeInput(name, block.input), MOST_INPUT);
      calls.set(block.id, { from: at, label: input === '' ? name : `${name}: ${input}` });
      since = null;
    }
    const called = isToolResult(block) ? calls.get(block.tool_use_id ?? '') : undefined;
    if (called === undefined) return;
    calls.delete(block.tool_use_id ?? '');
    done.push({ lane: 'tool', from: called.from, to: at, label: called.label });
    if (calls.size === 0) since = at;
  }

  return {
    see({ message, timestamp }) {
      const at = Math.max(last, Date.parse(timestamp) || 0);
      if (at === 0) return;
      first ??= at;
      last = at;
      since ??= calls.size === 0 ? at : null;
      const given: unknown = message;
      if (!isRecord(given) || typeof given['parent_tool_use_id'] === 'string') return;
      const { type, subtype } = given;
      if (type === 'system' && subtype === 'api_retry') {
        endRetry(at);
        if (since !== null && at > since) seeModel(at);
        const ms = Number(given['retry_delay_ms']) || 0;
        retry = { from: at, until: at + ms, label: 'waiting to try the API again' };
        return;
      }
      if (type !== 'assistant' && type !== 'user') return;
      endRetry(at);
      if (type === 'assistant') seeModel(at);
      for (const block of blocksOf(given['message'])) seeBlock(block, at);
    },
    spans({ receivedAt, startedAt, endedAt }) {
      const begun = startedAt ?? first;
      const end = endedAt ?? last;
      return [
        ...(receivedAt !== null && begun !== null && begun > receivedAt
          ? [{ lane: 'wait' as const, from: receivedAt, to: begun, label: 'in the queue' }]
          : []),
        ...(begun !== null && first !== null && first > begun
          ? [{ lane: 'wait' as const, from: begun, to: first, label: 'claude starting' }]
          : []),
        ...done,
        ...[...calls.values()].map(({ from, label }) => ({
          lane: 'tool' as const,
          from,
          to: Math.max(from, end),
          label,
        })),
        ...(retry === null
          ? []
          : [{ lane: 'wait' as const, from: retry.from, to: Math.min(end, retry.until), label: retry.label }]),
      ]
        .filter(({ from, to }) => to > from)
        .toSorted((one, other) => one.from - other.from);
    },
  };
}

/** The time of each lane, in milliseconds. */
export function timeByLane(spans: readonly Span[]): Readonly<Record<Lane, number>> {
  const times = { model: 0, tool: 0, wait: 0 };
  const reached = { model: 0, tool: 0, wait: 0 };
  // Calls at the same time count once.
  for (const { lane, from, to } of spans) {
    times[lane] += Math.max(0, to - Math.max(from, reached[lane]));
    reached[lane] = Math.max(reached[lane], to);
  }
  return times;
}

/**
 * Spans as a plot so wide has room for: neighbours of a lane that would be one are one.
 * @param least milliseconds that can be seen
 */
export function plotted(spans: readonly Span[], least: number): Span[] {
  const shown: Span[] = [];
  const latest = new Map<Lane, number>();
  for (const span of spans) {
    const index = latest.get(span.lane);
    const before = index === undefined ? undefined : shown[index];
    const isNear = before !== undefined && span.from - before.to < least && span.to - span.from < least * 4;
    if (isNear && index !== undefined) shown[index] = { ...before, to: Math.max(before.to, span.to) };
    else latest.set(span.lane, shown.push(span) - 1);
  }
  return shown;
}

function blocksOf(message: unknown): ContentBlock[] {
  const content = isRecord(message) ? message['content'] : [];
  return Array.isArray(content) ? content.filter((block) => isRecord(block) && typeof block['type'] === 'string') : [];
}
