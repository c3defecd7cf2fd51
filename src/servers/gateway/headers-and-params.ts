import type { FastifyRequest } from 'fastify';
import { valuesOf } from '../../request/kinds/kind.ts';
import type { ObjectSchema } from '../../request/schema-of.ts';
import type { Caller } from '../caller.ts';
import { admittedOf } from '../http/door.ts';
import { readFields } from '../validation/read-fields.ts';
import { Refusal } from '../refusal.ts';
import { zodOnce } from '../validation/zod-of.ts';

/** UTF-16 units of what a program calls itself. */
const MAX_NAME = 200;

/** Version 00 of Trace Context (3.2); a header that is malformed is ignored, as it says. */
const TRACEPARENT = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** Who asks. */
export function callerOf(request: FastifyRequest): Caller {
  const { 'user-agent': client, traceparent } = request.headers;
  const { subject, quotas } = admittedOf(request);
  return {
    subject,
    transport: 'http',
    protocol: 'rest v1',
    client: client?.slice(0, MAX_NAME) ?? null,
    ...(typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
    ...(quotas === undefined ? {} : { quotas }),
  };
}

/**
 * What reads the parameters of a URL's query, which are as their schema says.
 * @throws Refusal `validation_error`, which names each and what was expected of it
 */
export function queryReader<Query>(schema: ObjectSchema): (request: FastifyRequest) => Query {
  const read = fieldsReader<Query>(schema);
  return ({ query }) => read({ ...Object(query) });
}

/**
 * What reads an object of fields that are as their schema says.
 * @throws Refusal `validation_error`, which names each and what was expected of it
 */
export function fieldsReader<Fields>(schema: ObjectSchema): (fields: unknown) => Fields {
  const reader = zodOnce(schema);
  const values = valuesOf<Fields>(schema);
  return (fields) => {
    const read: unknown = readFields(reader(), fields);
    if (values.is(read)) return read;
    throw new Error('fields were read that are none');
  };
}

/** Without authentication every caller has all scopes. @throws Refusal `forbidden` for a token that lacks a scope */
export function needScope(request: FastifyRequest, scope: string): void {
  const { auth } = admittedOf(request);
  if (auth === null || auth.scopes.includes(scope)) return;
  throw new Refusal('forbidden', `the token lacks a scope; needed is: ${scope}`, { requiredScopes: [scope] });
}

const NAMED = { runId: 'run', sessionId: 'session', approvalId: 'approval' } as const;

/** The id that a path names. @throws Refusal `not_found` for what can be none */
export function idOf({ params }: FastifyRequest, name: keyof typeof NAMED): string {
  const id: unknown = Object(params)[name];
  if (typeof id === 'string' && UUID.test(id)) return id;
  throw new Refusal('not_found', `${name}: there is no such ${NAMED[name]}`);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What the client calls this request. @throws Refusal `validation_error` */
export function idempotencyKeyOf({ raw }: FastifyRequest): string | undefined {
  const [key, ...more] = raw.headersDistinct['idempotency-key'] ?? [];
  if (key === undefined) return undefined;
  if (more.length === 0 && /^[\u0021-\u007E]{1,255}$/.test(key)) return key;
  throw new Refusal('validation_error', 'Idempotency-Key: expected one, of 1 to 255 visible ASCII characters', {
    field: 'idempotency-key',
  });
}

/** Whether the client wants no answer of an earlier run (RFC 9111, 5.2.1). */
export function wantsFresh({ headers: { 'cache-control': control } }: FastifyRequest): boolean {
  return /(?:^|,)\s*(?:no-cache|no-store|max-age=0)\s*(?:$|,)/i.test(control ?? '');
}

/** Whether the client would rather not wait (RFC 7240). */
export function prefersAsync({ headers: { prefer } }: FastifyRequest): boolean {
  return [prefer ?? []].flat().some((value) => /(?:^|,)\s*respond-async\s*(?:$|[,;])/i.test(value));
}

/** The id of the last event that a client has seen; undefined where it has seen none. @throws Refusal `validation_error` */
export function lastEventIdOf({ headers }: FastifyRequest): number | undefined {
  const { 'last-event-id': id } = headers;
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return Number(id);
  throw new Refusal('validation_error', 'Last-Event-ID: expected the id of an event of this run, a whole number', {
    field: 'last-event-id',
  });
}
