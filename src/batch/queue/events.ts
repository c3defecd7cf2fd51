import type { Redis } from 'ioredis';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import { recognise } from '../../messages/recognise.ts';
import type { Message, RunEvent, SluiceMessage } from '../../messages/types.ts';

/** The events of runs on their way to whoever asked: a stream each, of which the latest are kept. Nothing depends on them. */
export interface Events {
  /** Adds an event, after a moment in which others are gathered, unless Redis is away then. */
  add(run: string, event: RunEvent): void;
  /** Adds at once those that were gathered, before anything else that is sent on the same connection. */
  flush(): void;
  /** Those behind a place, which is '' for all of them. */
  read(run: string, after: string): Promise<Told>;
  remove(run: string): Promise<void>;
}

interface Told {
  readonly events: readonly RunEvent[];
  /** Where to go on. */
  readonly place: string;
}

/** How many events of a run are kept, about. */
const MOST = 200;

/** Milliseconds that events are gathered for: each command may cost Redis a write to its disk, for which all clients wait. */
const GATHERED_MS = 250;

/** How long they are kept since the last one, in milliseconds: an hour. */
const KEPT_MS = 3_600_000;

/** @param name that of the queue */
export function openEvents(redis: Redis, name: string): Events {
  const keyOf = (run: string): string => `sluice-events:${name}:${run}`;
  let waiting: { readonly key: string; readonly text: string }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const added = waiting;
    waiting = [];
    // What is told later would be told in vain.
    if (added.length === 0 || redis.status !== 'ready') return;
    const steps = redis.pipeline();
    for (const { key, text } of added) steps.xadd(key, 'MAXLEN', '~', MOST, '*', 'event', text);
    for (const key of new Set(added.map(({ key }) => key))) steps.pexpire(key, KEPT_MS);
    steps.exec().catch(() => {});
  }

  return {
    add(run, event) {
      waiting.push({ key: keyOf(run), text: JSON.stringify(event) });
      timer ??= setTimeout(flush, GATHERED_MS);
    },
    flush,
    async read(run, after) {
      const entries = await redis.xrange(keyOf(run), after === '' ? '-' : `(${after}`, '+');
      const events = entries.flatMap(([, [, text = '']]) => eventIn(text) ?? []);
      return { events, place: entries.at(-1)?.[0] ?? after };
    },
    async remove(run) {
      await redis.del(keyOf(run));
    },
  };
}

/** Null for what is none: a worker may be of another version. */
function eventIn(text: string): RunEvent | null {
  const value = parsedJson(text);
  if (!isRecord(value)) return null;
  const { sequence, timestamp, sessionId, redactions, truncated } = value;
  const message = messageOf(value['message']);
  if (message === null || typeof sequence !== 'number' || typeof timestamp !== 'string') return null;
  return {
    sequence,
    timestamp,
    sessionId: typeof sessionId === 'string' ? sessionId : null,
    message,
    redactions: typeof redactions === 'number' ? redactions : 0,
    truncated: truncated === true,
  };
}

function messageOf(value: unknown): Message | null {
  if (!isRecord(value)) return null;
  const { type } = value;
  if (type === 'sluice') return isOurs(value) ? value : null;
  return typeof type === 'string' ? recognise({ ...value, type }) : null;
}

const SUBTYPES: ReadonlySet<unknown> = new Set(['notice', 'warning', 'error']);

function isOurs(value: object): value is SluiceMessage {
  const { subtype, code, text, retry }: { subtype?: unknown; code?: unknown; text?: unknown; retry?: unknown } = value;
  if (!SUBTYPES.has(subtype) || typeof code !== 'string' || typeof text !== 'string') return false;
  return (
    retry === undefined ||
    (isRecord(retry) && typeof retry['error'] === 'string' && typeof retry['delayMs'] === 'number')
  );
}
