import type { Bundle } from '../outcome/bundle.ts';
import type { RunEvent } from '../messages/types.ts';

/** A request to a gateway; the OpenAPI document tells what each field does, and what its default is. */
export interface Query {
  readonly prompt: string;
  readonly context?: string | object;
  readonly attachments?: readonly {
    readonly name: string;
    readonly text?: string;
    readonly base64?: string;
  }[];
  readonly mcpServers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly onDisconnect?: 'stop' | 'continue';
  readonly callbackUrl?: string;
  readonly cwd?: string;
  readonly sessionId?: string;
  readonly model?: string;
  readonly maxTurns?: number;
  readonly maxBudgetUsd?: number;
  readonly appendSystemPrompt?: string;
  readonly jsonSchema?: object;
  readonly permissionMode?: string;
  readonly allowedTools?: readonly string[];
  readonly disallowedTools?: readonly string[];
  readonly timeoutMs?: number;
  readonly maxMessages?: number;
  readonly includeSystemMessages?: boolean;
}

/**
 * What follows a run: an event that is recorded, a piece of a message that follows whole, that some are kept no more, or a
 * call of a tool that waits for an answer.
 */
export type Item =
  | { readonly kind: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly kind: 'piece'; readonly event: RunEvent }
  | { readonly kind: 'resync'; readonly next: number }
  | { readonly kind: 'approval'; readonly question: PendingApproval };

/** A call of a tool that waits for somebody's answer. */
export interface PendingApproval {
  readonly approvalId: string;
  readonly runId: string;
  readonly tool: string;
  /** The whole call, without secrets. */
  readonly shown: string;
  /** To be sent back with the answer, which is about this call alone. */
  readonly digest: string;
  readonly reason: string | null;
  readonly askedAt: string;
}

/** The same, by the name that it had first. */
export type Question = PendingApproval;

export type RunState = 'queued' | 'running' | 'finished' | 'refused' | 'interrupted';

/** A run in a list. Times are ISO 8601 in UTC. */
export interface Entry {
  readonly runId: string;
  readonly state: RunState;
  readonly sessionId: string | null;
  readonly cwd: string | null;
  /** How what was asked begins, on one line. */
  readonly prompt: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly receivedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly ended: string | null;
  readonly class: string | null;
  readonly costUsd: number | null;
  readonly turns: number | null;
  readonly tokens: Readonly<Record<string, number>> | null;
  /** Recorded so far. */
  readonly messages: number;
  /** What came of its `callbackUrl`; null where there is none. */
  readonly callback: 'due' | 'delivered' | 'failed' | null;
  /** Why it was never started. */
  readonly error: Failure | null;
}

/** A run as it is now. */
export interface View extends Entry {
  readonly request: object;
  readonly bundle: Bundle | null;
  readonly approvals: readonly PendingApproval[];
}

export interface RunList {
  readonly queries: readonly Entry[];
  /** Pass it as `cursor` to go on; null at the end. */
  readonly next: string | null;
}

export interface SessionList {
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly runs: number;
    readonly firstAt: string;
    readonly lastAt: string;
    readonly lastRunId: string;
    readonly lastState: RunState;
    readonly costUsd: number;
  }[];
  readonly next: string | null;
}

/** Messages of a run that has ended, in order. */
export interface MessagePage {
  readonly runId: string;
  readonly sessionId: string | null;
  readonly messages: readonly RunEvent[];
  /** Messages of the run. */
  readonly total: number;
  /** Pass it as `from` to go on; null at the end. */
  readonly next: number | null;
}

/** Why something was not done. */
export interface Failure {
  readonly status: 'error';
  readonly error_code: string;
  /** One line: what is wrong, where it came from, and the fix. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}
