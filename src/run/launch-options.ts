import type { LaunchOptions } from '../claude/launch.ts';
import type { Terms } from '../claude/supervise.ts';
import type { RunRequest } from '../request/run-request.ts';
import { CLAUDES_RETRIES, RUNNING } from '../request/run-options/running.ts';
import { isHopeless, type RetryLimits } from '../retry/retry-plan.ts';
import type { Host } from './host.ts';

/** What of a host counts when claude is started. */
export type LaunchHost = Pick<Host, 'env' | 'origins' | 'folder' | 'settings' | 'canUseTool' | 'beforeTool'>;

/**
 * What a run starts claude with.
 * @param secrets as {@link secretsKeptFromTools} has them
 */
export function launchOptions(
  request: RunRequest,
  { env = process.env, origins = {}, folder, settings, canUseTool, beforeTool }: LaunchHost,
  secrets: readonly string[] | undefined,
): LaunchOptions {
  return {
    request,
    env,
    origins,
    folder,
    secrets,
    settings,
    asks: canUseTool !== undefined,
    asksAtGate: beforeTool !== undefined,
  };
}

/** What a run asks claude with. `remaining` tells the milliseconds left of the time limit. */
export function termsOf(
  request: RunRequest,
  { approve, beforeTool }: Pick<Terms, 'approve' | 'beforeTool'>,
  remaining: () => number,
): Terms {
  const limits = retryLimits(request);
  return { ...request, approve, beforeTool, isHopeless: (retry) => isHopeless(retry, limits, remaining()) };
}

/** How often and how long retries may go on. */
export function retryLimits({
  retries = CLAUDES_RETRIES,
  retryMaxWait = RUNNING.retryMaxWait.default,
  waitForReset = RUNNING.waitForReset.default,
}: Pick<RunRequest, 'retries' | 'retryMaxWait' | 'waitForReset'>): RetryLimits {
  return { retries, maxWaitMs: retryMaxWait, resetMs: waitForReset };
}
