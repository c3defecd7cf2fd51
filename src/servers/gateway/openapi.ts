import * as z from 'zod';
import { bundleSchema } from '../../outcome/bundle.ts';
import type { Property } from '../../request/schema-of.ts';
import { type ErrorCode, ERROR_CODES } from '../refusal.ts';
import { STATUS_CODES } from '../http/answer.ts';
import { VERSION } from '../../version.ts';
import { type DocumentedSchema, type Operation, OPERATIONS } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;

/** What every request may be refused with. */
const ALWAYS: readonly ErrorCode[] = ['bad_request', 'unauthorized', 'forbidden', 'server_error'];

/** The OpenAPI document (3.1): made of the rows of the operations and of `request/`, and of the bundle's schema. */
export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describeOperation(name, operation);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'sluice',
      version: VERSION,
      summary: 'Claude Code behind HTTP',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ bearer: [] }, {}],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { ...bodies(), ...schemas(), Failure: failureSchema() },
    },
  };
}

function describeOperation(operationId: string, operation: Operation): Json {
  const { path, summary, description, query, headers = [], body, answers, refusals, isOpen } = operation;
  const parameters = [
    ...Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...Object.entries(query?.properties ?? {}).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      description,
      schema,
    })),
    ...headers.map(describeHeader),
  ];
  const codes = [...new Set([...(isOpen === true ? [] : ALWAYS), ...refusals])];
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isOpen === true ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: reference(body.name) } } } }),
    responses: Object.fromEntries([
      ...answers.map(({ status, description, content, hasLocation }) => [
        status,
        {
          description,
          ...(hasLocation === true
            ? { headers: { location: { description: 'Where the run is.', schema: TEXT } } }
            : {}),
          ...(content === undefined ? {} : { content: contentOf(content) }),
        },
      ]),
      ...refusalsByStatus(codes),
    ]),
  };
}

/** What can be sent, by name. */
function bodies(): Record<string, object> {
  return Object.fromEntries(
    Object.values<Operation>(OPERATIONS).flatMap(({ body }) => (body === undefined ? [] : [[body.name, body.schema]])),
  );
}

const TEXT = { type: 'string' };

function describeHeader({ name, help, values }: Property): Json {
  return { name, in: 'header', description: help, schema: values.schema };
}

function contentOf(content: Readonly<Record<string, DocumentedSchema>>): Json {
  return Object.fromEntries(Object.entries(content).map(([type, name]) => [type, { schema: reference(name) }]));
}

/** One answer a status, which names the codes that come with it. */
function refusalsByStatus(codes: readonly ErrorCode[]): [number, Json][] {
  const statuses = [...new Set(codes.flatMap(statusesOf))].toSorted((one, other) => one - other);
  return statuses.map((status) => {
    const names = codes.filter((code) => statusesOf(code).includes(status));
    return [
      status,
      {
        description: names.map((name) => `\`${name}\``).join(', '),
        content: { 'application/json': { schema: reference('Failure') } },
      },
    ];
  });
}

/** A key that was used for another request is a conflict, too, with a status of its own. */
function statusesOf(code: ErrorCode): number[] {
  return code === 'conflict' ? [STATUS_CODES.conflict, 422] : [STATUS_CODES[code]];
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function schemas(): Readonly<Record<DocumentedSchema, Json>> {
  const { $schema: _, ...bundle } = z.toJSONSchema(bundleSchema, { target: 'draft-2020-12', io: 'input' });
  const time = { type: 'string', format: 'date-time' };
  const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });
  const count = { type: 'integer', minimum: 0 };
  const next = { ...orNull(TEXT), description: 'pass it as cursor to go on; null at the end' };
  const state = { enum: ['queued', 'running', 'finished', 'refused', 'interrupted'] };
  const entry = {
    runId: { type: 'string', format: 'uuid' },
    state: { ...state, description: 'finished: it ended, however; refused: its turn never came' },
    sessionId: orNull(TEXT),
    cwd: orNull(TEXT),
    prompt: { ...orNull(TEXT), description: 'how what was asked begins, on one line' },
    labels: { type: 'object', additionalProperties: TEXT },
    receivedAt: time,
    startedAt: orNull(time),
    endedAt: orNull(time),
    ended: { ...orNull(TEXT), description: 'finished, timeout, cancelled, disconnected, shutdown or refused' },
    class: { ...orNull(TEXT), description: 'outcome.class of the bundle' },
    costUsd: orNull({ type: 'number' }),
    turns: orNull(count),
    tokens: orNull({ type: 'object' }),
    messages: { ...count, description: 'recorded so far' },
    callback: {
      enum: ['due', 'delivered', 'failed', null],
      description: 'whether its `callbackUrl` was told of the end; null where there is none',
    },
    error: { ...orNull(reference('Failure')), description: 'why it was never started' },
  };
  return {
    Bundle: bundle,
    Run: {
      type: 'object',
      properties: {
        ...entry,
        request: { type: 'object' },
        bundle: orNull(reference('Bundle')),
        approvals: {
          type: 'array',
          description: 'calls of tools that wait for an answer',
          items: reference('Question'),
        },
      },
      required: [...Object.keys(entry), 'request', 'bundle', 'approvals'],
    },
    Question: {
      type: 'object',
      description: 'A call of a tool that somebody is asked about; also the data of an event `approval_required`.',
      properties: {
        approvalId: TEXT,
        runId: TEXT,
        tool: TEXT,
        shown: { ...TEXT, description: 'the whole call, without secrets' },
        digest: TEXT,
        reason: orNull(TEXT),
        askedAt: time,
      },
      required: ['approvalId', 'runId', 'tool', 'shown', 'digest', 'reason', 'askedAt'],
    },
    RunList: {
      type: 'object',
      properties: {
        queries: { type: 'array', items: { type: 'object', properties: entry, required: Object.keys(entry) } },
        next,
      },
      required: ['queries', 'next'],
    },
    Messages: {
      type: 'object',
      properties: {
        runId: TEXT,
        sessionId: orNull(TEXT),
        messages: { type: 'array', items: reference('Event') },
        total: count,
        next: { ...orNull({ type: 'integer' }), description: 'pass it as from to go on; null at the end' },
      },
      required: ['runId', 'sessionId', 'messages', 'total', 'next'],
    },
    SessionList: {
      type: 'object',
      properties: {
        sessions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              sessionId: TEXT,
              runs: count,
              firstAt: time,
              lastAt: time,
              lastRunId: TEXT,
              lastState: state,
              costUsd: { type: 'number' },
            },
            required: ['sessionId', 'runs', 'firstAt', 'lastAt', 'lastRunId', 'lastState', 'costUsd'],
          },
        },
        next,
      },
      required: ['sessions', 'next'],
    },
    Submitted: {
      type: 'object',
      properties: { runId: TEXT, state },
      required: ['runId', 'state'],
    },
    Event: {
      type: 'object',
      description: 'A message of the run. In a stream it is the data of an event, or a line.',
      properties: {
        sequence: { type: 'integer', minimum: 1 },
        timestamp: time,
        sessionId: orNull(TEXT),
        message: { type: 'object', properties: { type: TEXT }, required: ['type'] },
        redactions: count,
        truncated: { type: 'boolean' },
      },
      required: ['sequence', 'timestamp', 'sessionId', 'message', 'redactions', 'truncated'],
    },
    State: { type: 'object', properties: { status: { enum: ['ok', 'closing'] } }, required: ['status'] },
    Readiness: {
      type: 'object',
      properties: {
        status: { enum: ['ok', 'closing', 'not_ready'] },
        login: {
          enum: ['unknown', 'ok', 'failed'],
          description: 'whether claude was let in when it last asked',
        },
        reason: { enum: ['auth', 'billing'], description: 'why it is not let in' },
        since: time,
        runs: { const: 'away', description: 'what is known of runs cannot be looked up now' },
      },
      required: ['status'],
    },
  };
}

function failureSchema(): Json {
  return {
    type: 'object',
    properties: {
      status: { const: 'error' },
      error_code: { enum: ERROR_CODES },
      message: { type: 'string', description: 'one line: what is wrong, where it came from, and the fix' },
      details: { type: 'object' },
    },
    required: ['status', 'error_code', 'message', 'details'],
  };
}
