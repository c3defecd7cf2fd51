import type { Quota } from '../quotas/quota.ts';

/** The subject of those who need not prove anything. */
export const LOCAL_SUBJECT = 'local';

/** Who asks, as the transport and authentication established it. */
export interface Caller {
  /** The subject of its token, or {@link LOCAL_SUBJECT}. Runs are visible to their subject alone. */
  readonly subject: string;
  readonly transport: 'stdio' | 'http' | 'queue';
  /** How its requests come, for audit: `mcp 2026-07-28`, `mcp 2025-11-25`, … */
  readonly protocol: string;
  /** What its program calls itself, untrusted; null when it did not say. */
  readonly client: string | null;
  /** What its request is a part of (W3C Trace Context), untrusted; absent when it did not say. */
  readonly traceparent?: string;
  /** What it may use, in place of what others may; absent: as others. */
  readonly quotas?: readonly Quota[];
}

/**
 * Why a query that is waiting or running is given up, as the `reason` of its signal. `lost`: replicas share its run, which is
 * gone, belongs to another one now, or can't be written down any more.
 */
export type CancellationReason = 'cancelled' | 'disconnected' | 'shutdown' | 'lost';
