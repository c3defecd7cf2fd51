import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Bundle } from '../../../outcome/bundle.ts';
import type { Answer, Page } from '../../queries.ts';
import { failureOfRun, failureResult } from './failure.ts';
import { fitBundle } from './fit-bundle.ts';
import { fitFirst } from './fit-events.ts';

/**
 * What a query comes to: its bundle in `maxResult` UTF-16 units. An error only where claude said nothing, since that is
 * all that a model sees of an error: what was reached before a limit is a result.
 */
export function answerResult(answer: Answer, maxResult: number): CallToolResult {
  return saysNothing(answer.bundle) ? failureResult(failureOfRun(answer)) : jsonResult(fitBundle(answer, maxResult));
}

/** A page of messages in `maxResult` UTF-16 units, with fewer messages where that does it. */
export function pageResult({ runId, sessionId, messages, total, next }: Page, maxResult: number): CallToolResult {
  const head = { runId, sessionId, messages: [], total, returned: 0, clippedStrings: 0, next };
  const room = maxResult - PAGE_ROOM - JSON.stringify(head).length;
  const { events, clipped } = fitFirst(messages, room);
  const unsent = messages[events.length];
  const page = {
    ...head,
    messages: events,
    returned: events.length,
    clippedStrings: clipped.strings,
    next: unsent?.sequence ?? next,
  };
  return jsonResult(JSON.stringify(page));
}

/** Characters that the numbers of a page take more once they are known. */
const PAGE_ROOM = 40;

function saysNothing({ result }: Bundle): boolean {
  return !result.success && result.summary.trim() === '' && result.structured === undefined;
}

/** A result whose text is the exact JSON of its structured content. */
function jsonResult(text: string): CallToolResult {
  // Read back, so that both are the same to the last field that is undefined.
  const structuredContent: Record<string, unknown> = JSON.parse(text);
  return { content: [{ type: 'text', text }], structuredContent };
}
