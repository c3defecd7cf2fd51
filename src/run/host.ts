import type { AnswerCache } from './cache/answer-cache.ts';
import type { Budget } from './budget.ts';
import type { ClaudePool } from '../claude/pool/pool.ts';
import type { Decision } from '../claude/approvals.ts';
import type { BeforeTool } from '../claude/tool-gate.ts';
import type { SettingsAtStart } from '../claude/launch.ts';
import type { ToolCall } from './tool-call.ts';
import type { NameOption } from '../errors.ts';
import type { Origins } from '../request/check-request.ts';
import type { Prompt } from '../request/prompt.ts';
import type { Redactor, RedactorOptions } from '../secrets/redactor.ts';

export type { Decision } from '../claude/approvals.ts';
export type { SettingsAtStart } from '../claude/launch.ts';
export type { ToolCall } from './tool-call.ts';

/**
 * Decides about a call of a tool. What throws or gives anything else is a no.
 * @param signal aborted once the answer is not waited for any more
 */
export type Approver = (call: ToolCall, signal: AbortSignal) => Promise<Decision> | Decision;

/** What a run needs of the program around it, and what is no data. */
export interface Host {
  /** What names this run, a UUID; default: a new one. */
  readonly runId?: string;
  /** Stops the run; its `reason` may be an `InterruptReason`. */
  readonly signal?: AbortSignal;
  /** Aborted after {@link Host.signal}, it ends all graces: claude is killed now. */
  readonly forceStop?: AbortSignal;
  /** Tells when this process is to be stopped and when it goes on, as by Ctrl-Z: claude is stopped with it. */
  readonly suspension?: Suspension;
  /**
   * Reads the prompt, in place of the request's; called once, when the run starts. Its signal ends the wait for what is
   * slow to come; the run's redactor is for what is condensed while it is read.
   */
  readonly prompt?: (signal: AbortSignal, redactor: () => Promise<Redactor>) => Promise<string | Prompt>;
  /** The child's environment, in which secrets are looked for too; default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What else counts as a secret, and what does not; default: what the redactor knows by itself. */
  readonly redactor?: RedactorOptions;
  /**
   * Keeps what is this machine's own out of errors and warnings: where a session lies that was not found, why an MCP
   * server failed. Default: no; servers do, whose callers need not know.
   */
  readonly discreet?: boolean;
  /** What messages call an option, given its own name (`maxTurns`, `idleTimeout.api`); default: just that. */
  readonly nameOption?: NameOption;
  /** Where values of the request came from, by option, for errors; default: the option's own name. */
  readonly origins?: Origins;
  /**
   * Decides about each call of a tool that is neither permitted nor denied by the request and by claude's settings: those
   * are never asked about. An answer that does not come within the request's `askTimeout` is no. Default: all are denied.
   */
  readonly canUseTool?: Approver;
  /**
   * Told of each call of a tool by its name before it is made, also of subagents' and of those that are permitted anyway:
   * claude waits until it settles, for a minute. What throws or rejects keeps the call from being made. Default: nobody is
   * told.
   */
  readonly beforeTool?: BeforeTool;
  /** Where claudes wait that were started before, as `createPool` has them; default: each run starts its own. */
  readonly pool?: Pick<ClaudePool, 'launch'>;
  /** Where answers of earlier runs are, to be given again for what asks the same. Default: claude is asked each time. */
  readonly cache?: AnswerCache;
  /** What keeps account of what this run uses, if it starts claude. Default: nobody counts. */
  readonly budget?: Budget;
  /** Settings of claude that are made when it is started, in place of the request's. Default: those of the request. */
  readonly settings?: SettingsAtStart;
  /**
   * What the folder of the request's `cwd` has to be, as `DEVICE:INODE`: where another one is found there, or is put there
   * before claude has started in it, the run ends as `usage`. Default: whatever is there.
   */
  readonly folder?: string;
}

/** When a process is stopped, and when it goes on. */
export interface Suspension {
  /**
   * Calls back with true just before this process stops, which is as soon as the listener returns, and with false when
   * it goes on; returns what ends that.
   */
  subscribe(listener: (suspended: boolean) => void): () => void;
}
