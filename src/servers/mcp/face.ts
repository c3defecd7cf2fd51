import type { ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';
import type { Policy } from '../policy.ts';
import type { Queries } from '../queries.ts';
import type { ParkedQueries } from './approvals/parked-queries.ts';

/** When clients are told, in milliseconds. */
export interface Pace {
  /** Between two progress notifications, at least. */
  readonly intervalMs: number;
  /** Of silence, at most. */
  readonly heartbeatMs: number;
  /** What a client may take for one notification before it is told nothing more. */
  readonly stallMs: number;
}

export const PACE: Pace = { intervalMs: 200, heartbeatMs: 10_000, stallMs: 30_000 };

/** What an MCP server of ours is made of. */
export interface McpFace {
  readonly queries: Pick<Queries, 'ask' | 'page'>;
  /** Queries whose call was ended to ask for an approval; the same for all connections. */
  readonly parked: ParkedQueries;
  /** Who asks, in so far as the connection tells; the rest is taken from each request. */
  readonly caller: Caller;
  /** Whether there are tools at all. */
  readonly enabled: boolean;
  /** UTF-16 units of a result. */
  readonly maxResult: number;
  /** Whether each message is sent as a `claude-code/messages` notification as well. */
  readonly messageNotifications: boolean;
  /** What the descriptions say is allowed; null: that is for a gateway to say, which carries the queries out. */
  readonly policy: Policy | null;
  /** Masks secrets in what is said beside a run: descriptions, refusals. */
  redact(text: string): string;
  readonly pace?: Pace;
  /** Settles when the connection of a request can take more; undefined when it can right now. */
  readonly drained?: (ctx: ServerContext) => Promise<void> | undefined;
  /** Told what clients are not: faults of our own, and clients that took no more. Must not throw. */
  readonly onFault?: (fault: unknown) => void;
}
