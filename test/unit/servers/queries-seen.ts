import type { Ending } from '../../../src/sinks/sink.ts';
import type { QueryRequest } from '../../../src/request/query-schema.ts';
import { readQueryRequest } from '../../../src/servers/validation/read-query-request.ts';
import type { Query, QueryEnd } from '../../../src/servers/observer.ts';
import { success } from '../sinks/endings.ts';

/** A query as observers see it. */
export function queryOf(request: Partial<QueryRequest> = {}, fields: Partial<Query> = {}): Query {
  return {
    runId: '11111111-2222-4333-8444-555555555555',
    caller: { subject: 'local', transport: 'stdio', protocol: 'mcp 2026-07-28', client: 'claude-code 2.1.329' },
    request: readQueryRequest({ prompt: 'Why does the build fail?', ...request }, 'sent'),
    cwd: '/srv/project',
    receivedAt: '2026-11-21T03:00:00.000Z',
    ...fields,
  };
}

/** How a query that ran has ended. */
export function endOf(ending: Ending = success(), fields: Partial<QueryEnd> = {}): QueryEnd {
  return {
    ended: 'finished',
    ending,
    refusal: null,
    queuedMs: 20,
    durationMs: 1500,
    firstMessageMs: 700,
    ...fields,
  };
}

/** How a query that was not let in has ended. */
export function refusedWith(refusal: NonNullable<QueryEnd['refusal']>, fields: Partial<QueryEnd> = {}): QueryEnd {
  return { ended: 'refused', ending: null, refusal, queuedMs: 0, durationMs: 0, firstMessageMs: null, ...fields };
}
