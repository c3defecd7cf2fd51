import { parkedQueries } from '../../../../src/servers/mcp/approvals/parked-queries.ts';
import type { McpFace } from '../../../../src/servers/mcp/face.ts';
import type { Policy } from '../../../../src/servers/policy.ts';
import type { Answer, Follower, Page, Queries } from '../../../../src/servers/queries.ts';
import type { Caller } from '../../../../src/servers/caller.ts';
import type { Message, RunEvent } from '../../../../src/messages/types.ts';
import { collectBundle } from '../../../../src/sinks/formats/bundle.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { recognise } from '../../../../src/messages/recognise.ts';
import { assistant, init, result, type Raw } from '../../outcome/evidence.ts';
import { success } from '../../sinks/endings.ts';
import { event } from '../../stream/messages.ts';

const POLICY: Policy = {
  roots: ['/srv/code', '/srv/docs'],
  modes: ['default', 'plan'],
  models: null,
  tools: ['Read', 'Glob', 'Grep'],
  sandbox: false,
  env: [],
  request: { permissionMode: 'default', maxTurns: 50, maxBudgetUsd: 2, timeout: 300_000, maxPrompt: 1_000_000 },
};

/** What a test lets happen when something is asked. */
export type Script = (asked: Asked) => Promise<Answer>;

export interface Asked {
  readonly request: unknown;
  readonly caller: Caller;
  readonly follower: Follower;
  readonly signal: AbortSignal;
}

const NO_PAGE: Page = { runId: '', sessionId: null, messages: [], total: 0, next: null };

/** Queries that carry out a script. */
export function queriesOf(script: Script, page: Queries['page'] = async () => NO_PAGE): McpFace['queries'] {
  return {
    ask: (request, caller, follower, signal) => script({ request, caller, follower, signal }),
    page,
  };
}

export function faceOf(queries: McpFace['queries'], options: Partial<McpFace> = {}): McpFace {
  return {
    queries,
    parked: parkedQueries(queries),
    caller: { subject: 'ada', transport: 'stdio', protocol: 'mcp', client: null },
    enabled: true,
    maxResult: 45_000,
    messageNotifications: false,
    policy: POLICY,
    redact: (text) => text,
    ...options,
  };
}

/** The events of a run with these messages, numbered from 1. */
export function eventsOf(messages: readonly Raw[]): readonly RunEvent[] {
  return messages.map((raw, index) => event(asMessage(raw), index + 1));
}

function asMessage(raw: Raw): Message {
  // Our own messages need no recognising.
  return raw.type === 'sluice' ? (raw as Message) : recognise(raw);
}

export const CONVERSATION: readonly RunEvent[] = eventsOf([
  init(),
  assistant('All is well.'),
  result({ result: 'All is well.' }),
]);

/** What a run with these events comes to. */
export function answerOf(events: readonly RunEvent[] = CONVERSATION, ending: Ending = success()): Answer {
  const collector = collectBundle();
  for (const event of events) collector.see(event);
  return { ending, bundle: collector.bundle(ending), isKept: true };
}

/** Starts, tells these events, and answers. */
export function tells(events: readonly RunEvent[], ending: Ending = success()): Script {
  return async ({ follower }) => {
    follower.started?.(ending.report.runId);
    for (const event of events) await follower.sink?.write(event);
    await follower.sink?.close(ending);
    return answerOf(events, ending);
  };
}
