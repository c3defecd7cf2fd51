import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../is-record.ts';
import type { Bundle } from '../../outcome/bundle.ts';
import { hasEnded, type KeptRun, type RunState } from '../../runs/run-entry.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import type { GivenAnswer, OpenApprovals } from '../approvals/open-approvals.ts';
import type { Caller } from '../caller.ts';
import { answerText, HttpRefusal } from '../http/answer.ts';
import type { Queries } from '../queries.ts';
import { type ReadinessInput, readinessOf } from '../readiness.ts';
import { Refusal } from '../refusal.ts';
import { createAttendance } from './attendance.ts';
import { callerOf, fieldsReader, idOf, lastEventIdOf, needScope, queryReader } from './headers-and-params.ts';
import { answerEvents } from './answer-events.ts';
import { goneSignal } from './gone.ts';
import { acceptedType } from './media-type.ts';
import {
  APPROVAL,
  EVENT_STREAM,
  JSON_TYPE,
  NDJSON,
  type Operation,
  type OperationName,
  OPERATIONS,
} from './operations.ts';
import { describeRun, describeWhole } from './run-view.ts';
import { answerSubmission } from './submit.ts';

export interface GatewayOptions {
  readonly queries: Queries;
  /** Calls of tools that wait for an approval. */
  readonly approvals: OpenApprovals;
  /** Bytes of a request's body. */
  readonly maxBody: number;
  /** Whether no run is let in any more. */
  readonly isClosing: () => boolean;
  /** Milliseconds after which a run that wants company is given up without any; default: a minute. */
  readonly graceMs?: number;
  /** Whether claude is let in, and whether the server asks by itself; default: nothing is known. */
  readonly login?: () => Omit<ReadinessInput, 'isClosing'>;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

interface ListQuery extends PageQuery {
  readonly state?: RunState;
  readonly sessionId?: string;
  readonly label?: string;
  readonly since?: string;
  readonly until?: string;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Serves every operation in an application that has a door. */
export function routeGateway(app: FastifyInstance, options: GatewayOptions): void {
  const handlers = handlersOf(options);
  app.register(async (scope) => {
    readJsonAlone(scope);
    for (const [name, handler] of Object.entries(handlers)) {
      const { method, path, isOpen }: Operation = OPERATIONS[isOperation(name)];
      scope.route({
        method: method === 'GET' ? ['GET', 'HEAD'] : method,
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        bodyLimit: options.maxBody,
        config: isOpen === true ? { isOpen } : {},
        onRequest: async (request) => {
          if (BEGINNING.has(name)) refuseFull(request, options.queries);
        },
        handler: async (request, reply) => {
          await handler(request, reply);
          return reply;
        },
      });
    }
  });
}

/** Those that make runs. */
const BEGINNING: ReadonlySet<string> = new Set<OperationName>(['submitQuery', 'continueSession']);

/**
 * Refuses what there is no room for before it is read: where too many come, each of them is told at once. What has a key may
 * be a run that there is already.
 */
function refuseFull(request: FastifyRequest, queries: Queries): void {
  if (request.headers['idempotency-key'] === undefined) queries.refuseFull(callerOf(request));
}

function isOperation(name: string): OperationName {
  const found = Object.keys(OPERATIONS).find((one): one is OperationName => one === name);
  if (found === undefined) throw new Error(`there is no operation ${name}`);
  return found;
}

/** A body is JSON as it is: nothing is unpacked, which could be any amount. */
function readJsonAlone(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(JSON_TYPE, { parseAs: 'string' }, async (_: FastifyRequest, body: string) => {
    if (body === '') return undefined;
    try {
      const parsed: unknown = JSON.parse(body);
      return parsed;
    } catch {
      throw new Refusal('validation_error', 'the body is no JSON');
    }
  });
  scope.addHook('preParsing', async ({ headers }) => {
    const coding = headers['content-encoding'] ?? 'identity';
    if (coding === 'identity') return;
    throw new HttpRefusal(new Refusal('bad_request', 'Content-Encoding: send the body as it is'), {
      status: 415,
      headers: { connection: 'close' },
    });
  });
}

function handlersOf(options: GatewayOptions): Readonly<Record<OperationName, Handler>> {
  const { queries, approvals, isClosing, login = () => ({ login: { state: 'unknown' } }) } = options;
  const attendance = createAttendance({ graceMs: options.graceMs, followers: queries.followers });
  const read = {
    submit: queryReader<{ wait: boolean }>(OPERATIONS.submitQuery.query),
    list: queryReader<ListQuery>(OPERATIONS.listQueries.query),
    events: queryReader<{ from: number }>(OPERATIONS.followQuery.query),
    messages: queryReader<{ from: number; limit: number }>(OPERATIONS.getMessages.query),
    sessions: queryReader<PageQuery>(OPERATIONS.listSessions.query),
    approval: fieldsReader<GivenAnswer>(APPROVAL),
  };

  async function whole(run: KeptRun, caller: Caller): Promise<object> {
    const rest = { bundle: await bundleOf(run, caller), approvals: await approvals.of(run.runId) };
    return describeWhole(run, rest, queries.active());
  }

  async function bundleOf(run: KeptRun, caller: Caller): Promise<Bundle | null> {
    if (!hasEnded(run) || run.report === null) return null;
    return (await queries.result(run.runId, caller)).bundle;
  }

  return {
    async submitQuery(request, reply) {
      const { wait } = read.submit(request);
      await answerSubmission(request, reply, queries, { body: request.body, waits: wait, approvals, attendance });
    },
    async continueSession(request, reply) {
      const { wait } = read.submit(request);
      const sessionId = idOf(request, 'sessionId');
      const { body } = request;
      if (isRecord(body) && (body['sessionId'] ?? sessionId) !== sessionId) {
        throw new Refusal('validation_error', 'sessionId: the path names another one', { field: 'sessionId' });
      }
      const whose = isRecord(body) ? { ...body, sessionId } : body;
      await answerSubmission(request, reply, queries, { body: whose, waits: wait, approvals, attendance });
    },
    async listQueries(request, reply) {
      const { state, sessionId, label, since, until, limit, cursor = null } = read.list(request);
      const filter = {
        ...(state === undefined ? {} : { states: [state] }),
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(label === undefined ? {} : { labels: labelOf(label) }),
        ...(since === undefined ? {} : { since: timeOf('since', since) }),
        ...(until === undefined ? {} : { until: timeOf('until', until) }),
      };
      const { runs, next } = await queries.list(callerOf(request), filter, limit, cursor);
      const active = queries.active();
      answerJson(reply, { queries: runs.map((run) => describeRun(run, active)), next });
    },
    async getQuery(request, reply) {
      const caller = callerOf(request);
      answerJson(reply, await whole(await queries.find(idOf(request, 'runId'), caller), caller));
    },
    async cancelQuery(request, reply) {
      const caller = callerOf(request);
      answerJson(reply, await whole(await queries.cancel(idOf(request, 'runId'), caller), caller));
    },
    async followQuery(request, reply) {
      const caller = callerOf(request);
      const run = await queries.find(idOf(request, 'runId'), caller);
      const seen = lastEventIdOf(request);
      const { from } = read.events(request);
      const type = acceptedType(request.headers.accept, [EVENT_STREAM, NDJSON]);
      const last = hasEnded(run) ? run.messages + 1 : run.messages;
      if (seen !== undefined && seen > last) {
        throw new Refusal('validation_error', `Last-Event-ID: the last event of this run is ${last}`, {
          field: 'last-event-id',
        });
      }
      if (hasEnded(run) && seen === last) {
        void reply.code(204).send();
        return;
      }
      await answerEvents(reply, queries, {
        run,
        caller,
        from: seen === undefined ? from : seen + 1,
        type,
        gone: goneSignal(reply.raw),
        approvals,
        attendance,
        headers: {},
      });
    },
    async answerApproval(request, reply) {
      needScope(request, 'approve');
      const caller = callerOf(request);
      const { runId } = await queries.find(idOf(request, 'runId'), caller);
      const given = read.approval(request.body);
      const verdict = await approvals.answer(runId, idOf(request, 'approvalId'), given, caller.subject);
      if (verdict === 'not_found') {
        throw new Refusal('not_found', 'approvalId: nothing waits for that answer: it was given, or came too late');
      }
      if (verdict === 'other_call') {
        throw new Refusal('conflict', 'digest: that is another call than the one that was asked about', {
          field: 'digest',
        });
      }
      answerJson(reply, { status: 'ok' });
    },
    async getMessages(request, reply) {
      const { from, limit } = read.messages(request);
      const runId = idOf(request, 'runId');
      answerJson(reply, await queries.page(runId, callerOf(request), from, limit));
    },
    async listSessions(request, reply) {
      const { limit, cursor = null } = read.sessions(request);
      answerJson(reply, await queries.sessions(callerOf(request), limit, cursor));
    },
    async getHealth(_, reply) {
      answerJson(reply, { status: 'ok' });
    },
    async getReadiness(_, reply) {
      const { code, body } = readinessOf({ isClosing: isClosing(), ...login() });
      answerJson(reply.code(code), body);
    },
    async getDocument(_, reply) {
      const { openApiDocument } = await import('./openapi.ts');
      answerJson(reply, openApiDocument());
    },
  };
}

function answerJson(reply: FastifyReply, value: unknown): void {
  answerText(reply, JSON_TYPE, `${escapeJson(value)}\n`);
}

function labelOf(label: string): Readonly<Record<string, string>> {
  const [name = '', ...text] = label.split(':');
  return { [name]: text.join(':') };
}

/** A time as runs have theirs. */
function timeOf(field: string, time: string): string {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new Refusal('validation_error', `${field}: expected a time as ISO 8601 has it`);
  return new Date(milliseconds).toISOString();
}
