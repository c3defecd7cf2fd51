import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { FeedItem } from '../../runs/run-feed.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { within } from '../../system/bounded-wait.ts';
import type { PendingApproval } from '../approvals/open-approvals.ts';
import { drained } from '../drained.ts';
import { gathered } from '../http/gathered.ts';
import { takeOver } from '../http/take-over.ts';
import type { Failure } from '../refusal.ts';
import { EVENT_STREAM, type NDJSON } from './operations.ts';

/** What is streamed of a run. */
export interface Streamed {
  readonly type: typeof EVENT_STREAM | typeof NDJSON;
  readonly headers: Readonly<Record<string, string>>;
  /** Told first where there is room for it: what run this is. */
  readonly opening: { readonly runId: string; readonly state: string };
  readonly items: AsyncIterable<FeedItem>;
  /** Calls of tools that wait for an approval, and a callback for new ones; returns what unsubscribes. */
  readonly open: readonly PendingApproval[];
  follow(listener: (approval: PendingApproval) => void): () => void;
  /** Why it was never started, once there are no more items; null where it was. */
  failure(): Promise<Failure | null>;
}

/** Milliseconds of silence, at most: proxies give up a connection that is silent. */
const HEARTBEAT_MS = 10_000;

/** Milliseconds that a reader may take nothing. */
const STALLED_MS = 120_000;

/** Milliseconds after which a reader of server-sent events comes back, when its connection breaks. */
const RETRY_MS = 1_000;

/** Streams a run at the pace of its reader. */
export async function streamRun(reply: FastifyReply, streamed: Streamed, heartbeatMs = HEARTBEAT_MS): Promise<void> {
  const { type, headers, opening, items, open, failure } = streamed;
  const form = type === EVENT_STREAM ? SERVER_SENT : LINES;
  await takeOver(reply, async (res) => {
    res.writeHead(200, { 'content-type': form.type, 'x-accel-buffering': 'no', ...headers });
    const { put, flush } = gathered((text) => void res.write(text));
    put(form.opening(opening));
    const ask = (approval: PendingApproval): void => put(form.approval(approval));
    open.forEach(ask);
    const unfollow = streamed.follow(ask);
    flush();
    res.flushHeaders();
    const timer = setInterval(() => !res.writableNeedDrain && put(form.heartbeat), heartbeatMs);
    try {
      for await (const item of items) {
        put(form.item(item));
        if (res.writableNeedDrain) await taken(res);
        if (res.destroyed) return;
      }
      const failed = await failure();
      if (failed !== null) put(form.failure(failed));
    } finally {
      clearInterval(timer);
      unfollow();
      flush();
      res.end();
    }
  });
}

/** Waits for a reader; one that has stalled is given up. */
async function taken(res: ServerResponse): Promise<void> {
  const waiting = drained(res);
  if (waiting !== undefined && !(await within(waiting, { ms: STALLED_MS })).done) res.destroy();
}

/** How a stream looks on the wire. */
interface Form {
  readonly type: string;
  readonly heartbeat: string;
  opening(run: Streamed['opening']): string;
  item(item: FeedItem): string;
  approval(approval: PendingApproval): string;
  failure(failure: Failure): string;
}

/** As the HTML standard has it (9.2): what has an id can be come back to. */
const SERVER_SENT: Form = {
  type: `${EVENT_STREAM}; charset=utf-8`,
  heartbeat: ':\n\n',
  opening: (run) => `retry: ${RETRY_MS}\n${record('run', escapeJson(run))}`,
  item(item) {
    switch (item.kind) {
      case 'event':
        return `id: ${item.id}\n${record('message', item.json)}`;
      case 'piece':
        return record('piece', item.json);
      case 'resync':
        return record('resync', escapeJson({ next: item.next }));
      default:
        return item satisfies never;
    }
  },
  approval: (approval) => record('approval_required', escapeJson(approval)),
  failure: (failure) => record('failure', escapeJson(failure)),
};

/** One document a line, as of `-o ndjson`; an empty line keeps the connection open. */
const LINES: Form = {
  type: 'application/x-ndjson',
  heartbeat: '\n',
  opening: () => '',
  approval: (approval) => line(escapeJson({ type: 'approval_required', ...approval })),
  item: (item) => line(item.kind === 'resync' ? escapeJson({ type: 'resync', next: item.next }) : item.json),
  failure: (failure) => line(escapeJson(failure)),
};

function record(event: string, json: string): string {
  return `event: ${event}\ndata: ${json}\n\n`;
}

function line(json: string): string {
  return `${json}\n`;
}
