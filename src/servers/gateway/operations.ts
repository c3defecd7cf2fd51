import { valuesOf } from '../../request/kinds/kind.ts';
import { type ObjectSchema, type Property, schemaOf } from '../../request/schema-of.ts';
import { SENT_REQUEST } from '../../request/query-schema.ts';
import type { ErrorCode } from '../refusal.ts';

/** One thing that a program may ask over HTTP. Routes and the OpenAPI document are made of these rows. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI has it: `/v1/queries/{runId}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: ObjectSchema;
  readonly headers?: readonly Property[];
  readonly body?: OperationBody;
  readonly answers: readonly OperationAnswer[];
  /** What it may be refused with, besides what every request may. */
  readonly refusals: readonly ErrorCode[];
  /** Whether it needs no authentication. */
  readonly isOpen?: true;
}

/** What is sent, and what the document calls it. */
export interface OperationBody {
  readonly name: string;
  readonly schema: ObjectSchema;
}

export interface OperationAnswer {
  readonly status: number;
  readonly description: string;
  /** The schema of its content, by type of media: the name of one of the document's. */
  readonly content?: Readonly<Record<string, DocumentedSchema>>;
  readonly hasLocation?: true;
}

/** What the document has schemas of. */
export type DocumentedSchema =
  | 'Bundle'
  | 'Run'
  | 'Question'
  | 'RunList'
  | 'Messages'
  | 'SessionList'
  | 'Submitted'
  | 'Event'
  | 'State'
  | 'Readiness';

export const EVENT_STREAM = 'text/event-stream';
export const NDJSON = 'application/x-ndjson';
export const JSON_TYPE = 'application/json';

const text = (pattern?: string) =>
  valuesOf<string>({ type: 'string', minLength: 1, ...(pattern === undefined ? {} : { pattern }) });

const whole = (minimum: number, maximum?: number) =>
  valuesOf<number>({ type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }) });

const CURSOR: Property = { name: 'cursor', help: 'Where an earlier list ended: its `next`.', values: text() };

const IDEMPOTENCY_KEY: Property = {
  name: 'idempotency-key',
  help: 'A name for this very request, of up to 255 visible characters: sent again with it, it is answered from the same run.',
  values: text(),
};

const PREFER: Property = {
  name: 'prefer',
  help: '`respond-async` is answered at once, as `wait=false` is (RFC 7240).',
  values: text(),
};

const LAST_EVENT_ID: Property = {
  name: 'last-event-id',
  help: 'The id of the last event that was seen: the next one is the first of the answer.',
  values: valuesOf<string>({ type: 'string', pattern: '^[0-9]{1,15}$' }),
};

const WAIT: Property = {
  name: 'wait',
  help: 'Whether the answer is what the run comes to; `false` is answered at once, with where to look.',
  values: valuesOf<boolean>({ type: 'boolean' }),
  default: true,
};

const SUBMIT = {
  query: schemaOf([WAIT]),
  headers: [IDEMPOTENCY_KEY, PREFER],
  body: { name: 'Query', schema: SENT_REQUEST },
  answers: [
    {
      status: 200,
      description:
        'What the run came to, whatever that is: `outcome.class` says it. As a stream: its events while they happen, the ending last.',
      content: { [JSON_TYPE]: 'Bundle', [EVENT_STREAM]: 'Event', [NDJSON]: 'Event' },
      hasLocation: true,
    },
    {
      status: 202,
      description: 'The run goes on by itself.',
      content: { [JSON_TYPE]: 'Submitted' },
      hasLocation: true,
    },
  ],
  refusals: [
    'validation_error',
    'forbidden',
    'not_found',
    'conflict',
    'payload_too_large',
    'rate_limited',
    'timeout',
    'unavailable',
  ],
} as const satisfies Partial<Operation>;

/** The answer to whether a tool may be called. */
export const APPROVAL = schemaOf([
  {
    name: 'decision',
    help: 'Whether the call may be made.',
    values: valuesOf<string>({ type: 'string', enum: ['allow', 'deny'] }),
    required: true,
  },
  {
    name: 'digest',
    help: 'The `digest` of the question: the answer is about that call and about no other.',
    values: text(),
    required: true,
  },
]);

/** Everything that can be asked. */
export const OPERATIONS = {
  submitQuery: {
    method: 'POST',
    path: '/v1/queries',
    summary: 'Ask Claude Code',
    description:
      'By `Accept`, the answer is the bundle at the end, or a stream of events. A client that leaves stops its run, unless `onDisconnect`, `wait=false` or an Idempotency-Key says otherwise.',
    ...SUBMIT,
  },
  listQueries: {
    method: 'GET',
    path: '/v1/queries',
    summary: 'List your runs, the newest first',
    query: schemaOf([
      {
        name: 'state',
        help: 'Those in this state.',
        values: valuesOf<string>({
          type: 'string',
          enum: ['queued', 'running', 'finished', 'refused', 'interrupted'],
        }),
      },
      { name: 'sessionId', help: 'Those of this session.', values: text() },
      { name: 'label', help: 'Those with this label, as in `team:search`.', values: text('^[A-Za-z][\\w.-]*:') },
      { name: 'since', help: 'Those received then or later, ISO 8601.', values: text('^\\d{4}-\\d\\d-\\d\\d') },
      { name: 'until', help: 'Those received before then, ISO 8601.', values: text('^\\d{4}-\\d\\d-\\d\\d') },
      { name: 'limit', help: 'How many at most.', values: whole(1, 500), default: 50 },
      CURSOR,
    ]),
    answers: [{ status: 200, description: 'Some runs, without their bundles.', content: { [JSON_TYPE]: 'RunList' } }],
    refusals: ['validation_error'],
  },
  getQuery: {
    method: 'GET',
    path: '/v1/queries/{runId}',
    summary: 'See where a run is, and what it came to',
    answers: [
      { status: 200, description: 'The run, with its bundle once there is one.', content: { [JSON_TYPE]: 'Run' } },
    ],
    refusals: ['not_found'],
  },
  cancelQuery: {
    method: 'DELETE',
    path: '/v1/queries/{runId}',
    summary: 'Cancel a run',
    description: 'Answered once nothing of it is left running. One that has ended stays as it is.',
    answers: [{ status: 200, description: 'The run, which has ended.', content: { [JSON_TYPE]: 'Run' } }],
    refusals: ['not_found', 'conflict'],
  },
  followQuery: {
    method: 'GET',
    path: '/v1/queries/{runId}/events',
    summary: 'Follow a run',
    description:
      'Its recorded events from the first one wanted, each once, and then what comes. Recorded events have ids without gaps; pieces of partial messages (`event: piece`) go out as they come and have none. What is kept no more is told by one `resync`. While nothing happens, a comment is sent every 10 seconds.',
    query: schemaOf([{ name: 'from', help: 'The id of the first event wanted.', values: whole(1), default: 1 }]),
    headers: [LAST_EVENT_ID],
    answers: [
      { status: 200, description: 'Events, the ending last.', content: { [EVENT_STREAM]: 'Event', [NDJSON]: 'Event' } },
      { status: 204, description: 'The run has ended, and everything was seen: do not come back.' },
    ],
    refusals: ['validation_error', 'not_found'],
  },
  answerApproval: {
    method: 'POST',
    path: '/v1/queries/{runId}/approvals/{approvalId}',
    summary: 'Allow or deny a call of a tool',
    description:
      'A run that needs somebody to allow a call of a tool says so by an event `approval_required`, with the whole call. The first answer counts. A token needs the scope `approve`.',
    body: { name: 'Approval', schema: APPROVAL },
    answers: [{ status: 200, description: 'It counts.', content: { [JSON_TYPE]: 'State' } }],
    refusals: ['validation_error', 'not_found', 'conflict', 'payload_too_large'],
  },
  getMessages: {
    method: 'GET',
    path: '/v1/queries/{runId}/messages',
    summary: 'Page through the messages of a run that has ended',
    query: schemaOf([
      { name: 'from', help: 'Sequence of the first message wanted.', values: whole(1), default: 1 },
      { name: 'limit', help: 'How many at most.', values: whole(1, 500), default: 50 },
    ]),
    answers: [{ status: 200, description: 'Messages, in order.', content: { [JSON_TYPE]: 'Messages' } }],
    refusals: ['validation_error', 'not_found', 'conflict'],
  },
  listSessions: {
    method: 'GET',
    path: '/v1/sessions',
    summary: 'List your sessions, those used last first',
    query: schemaOf([{ name: 'limit', help: 'How many at most.', values: whole(1, 500), default: 50 }, CURSOR]),
    answers: [{ status: 200, description: 'Some sessions.', content: { [JSON_TYPE]: 'SessionList' } }],
    refusals: ['validation_error'],
  },
  continueSession: {
    method: 'POST',
    path: '/v1/sessions/{sessionId}/queries',
    summary: 'Go on with a session',
    description: 'As `POST /v1/queries` with that `sessionId`. Two runs never share a session: the second is refused.',
    ...SUBMIT,
  },
  getHealth: {
    method: 'GET',
    path: '/healthz',
    summary: 'See whether the server is up',
    answers: [{ status: 200, description: 'It is.', content: { [JSON_TYPE]: 'State' } }],
    refusals: [],
    isOpen: true,
  },
  getReadiness: {
    method: 'GET',
    path: '/readyz',
    summary: 'See whether the server takes requests',
    answers: [
      { status: 200, description: 'It does.', content: { [JSON_TYPE]: 'Readiness' } },
      {
        status: 503,
        description: 'It is about to end, or claude is not let in by the API.',
        content: { [JSON_TYPE]: 'Readiness' },
      },
    ],
    refusals: [],
    isOpen: true,
  },
  getDocument: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get this document',
    answers: [{ status: 200, description: 'OpenAPI 3.1.' }],
    refusals: [],
    isOpen: true,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
