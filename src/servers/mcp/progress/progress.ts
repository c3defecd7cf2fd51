import type { Notification, ServerContext } from '@modelcontextprotocol/server';
import { SluiceError, messageOf } from '../../../errors.ts';
import { countOf, formatSeconds } from '../../../sinks/pretty/format.ts';
import type { Ending } from '../../../sinks/sink.ts';
import type { Follower } from '../../queries.ts';
import { createNotifier } from './notifier.ts';
import { createNarrator, lineOf, type Telling } from './narrator.ts';
import { type EventPayload, payloadOf, type SizedPayload } from './event-payload.ts';
import { type McpFace, PACE } from '../face.ts';
import { isTold, type LogLevelOf } from './log-level.ts';
import { createNotificationQueue } from './notification-queue.ts';

/** Tells a client how its query is doing. */
export interface Progress {
  readonly follower: Follower;
  /** To be called once. Tells what has not been told yet, in so far as the client takes it; nothing is told from then on. */
  finish(): Promise<void>;
}

/** An event to be sent, and what of it, or of the run, is to be logged. */
interface Item {
  readonly payload: EventPayload | null;
  readonly tellings: readonly Telling[];
}

/** Bytes of a line that is logged, with what it is wrapped in. */
const LOG_LINE_BYTES = 512;

/**
 * Sends progress notifications to who gave a token, one line each for people, with every event since the last one, in
 * order; each event once more by itself where the operator wants that; and log lines to who asked for a level.
 */
export function tellProgress(ctx: ServerContext, face: McpFace, logLevel: LogLevelOf): Progress {
  const token = ctx.mcpReq._meta?.progressToken;
  const asked = logLevel(ctx);
  const sendsEvents = token !== undefined || face.messageNotifications;
  if (!sendsEvents && asked === undefined) return { follower: {}, finish: () => Promise.resolve() };

  const { intervalMs, heartbeatMs, stallMs } = face.pace ?? PACE;
  const deliver = createNotifier(ctx, face.drained, stallMs);
  const narrator = createNarrator();
  let since = performance.now();
  let state = 'waiting';
  /** The newest line that was told, and whether it is yet to be. */
  let line = 'starting';
  let isNews = false;
  let count = 0;
  /** Why nothing more can be told. */
  let failure: unknown;

  const notificationQueue = createNotificationQueue<Item>({
    send,
    onFailure: (error) => (failure = error),
    intervalMs,
    heartbeatMs,
  });
  ctx.mcpReq.signal.addEventListener('abort', notificationQueue.close, { once: true });

  async function send(items: readonly Item[]): Promise<void> {
    const payloads = items.flatMap(({ payload }) => payload ?? []);
    if (token !== undefined) {
      const message = isNews || items.length > 0 ? line : `${state} · ${passed()}`;
      isNews = false;
      const events = payloads.length === 0 ? {} : { _meta: { 'sluice/events': payloads } };
      const params = { progressToken: token, progress: ++count, message, ...events };
      await deliver({ method: 'notifications/progress', params });
    }
    for (const { payload, tellings } of items) {
      if (payload !== null && face.messageNotifications) await deliver(messageNotification(payload));
      for (const { level, text } of tellings) {
        await deliver({ method: 'notifications/message', params: { level, logger: 'sluice', data: text } });
      }
    }
  }

  function passed(): string {
    const turns = narrator.turns();
    const time = formatSeconds(performance.now() - since);
    return turns === 0 ? time : `${time} · turn ${turns}`;
  }

  function tell(news: string): void {
    line = news;
    isNews = true;
  }

  function put(event: SizedPayload | null, tellings: readonly Telling[]): Promise<void> | undefined {
    if (event === null && tellings.length === 0) return undefined;
    const bytes = (event?.bytes ?? 0) + tellings.length * LOG_LINE_BYTES;
    return notificationQueue.put({ payload: event?.payload ?? null, tellings }, bytes);
  }

  function told(tellings: readonly Telling[]): readonly Telling[] {
    return asked === undefined ? [] : tellings.filter(({ level }) => isTold(level, asked));
  }

  return {
    follower: {
      queued(ahead) {
        state = `queued · ${ahead} ahead`;
        tell(state);
        notificationQueue.stir();
      },
      started() {
        state = 'still running';
        since = performance.now();
        tell('starting');
        notificationQueue.stir();
      },
      sink: {
        write(event) {
          if (failure !== undefined) throw failure;
          const tellings = narrator.see(event);
          const newest = tellings.at(-1);
          if (newest !== undefined) tell(newest.text);
          return put(sendsEvents ? payloadOf(event) : null, told(tellings));
        },
        close: (ending) => put(null, told(endingTellings(ending))),
      },
    },
    async finish() {
      await notificationQueue.flush();
      ctx.mcpReq.signal.removeEventListener('abort', notificationQueue.close);
      if (failure === undefined) return;
      const lost = `${messageOf(failure)}: ${countOf(notificationQueue.dropped(), 'event')} of its query may not have reached it`;
      face.onFault?.(new SluiceError('output_error', lost, { cause: failure }));
    },
  };
}

function messageNotification({ ...params }: EventPayload): Notification {
  return { method: 'claude-code/messages', params };
}

function endingTellings({ class: outcome, message, warnings }: Ending): readonly Telling[] {
  const failure: readonly Telling[] = outcome === 'success' ? [] : [{ level: 'error', text: lineOf(message) }];
  return [...warnings.map((text): Telling => ({ level: 'warning', text: lineOf(text) })), ...failure];
}
