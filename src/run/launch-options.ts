import type { LaunchOptions } from '../claude/launch.ts';
import type { RunRequest } from '../request/run-request.ts';
import { RUNNING } from '../request/fields/running.ts';
import { MAX_RETRIES } from '../limits.ts';
import { isHopeless, type RetryLimits } from '../retry/retry-plan.ts';
import type { Host } from './host.ts';

/** What a run starts claude with. `remaining` tells the milliseconds left of the time limit. */
export function launchOptions(request: RunRequest, host: Host, remaining: () => number): LaunchOptions {
  const limits = retryLimits(request);
  return {
    request,
    env: host.env ?? process.env,
    origins: host.origins ?? {},
    folder: host.folder,
    isHopeless: (retry) => isHopeless(retry, limits, remaining()),
  };
}

/** How often and how long retries may go on. */
export function retryLimits({
  retries = MAX_RETRIES,
  retryMaxWait = RUNNING.retryMaxWait.default,
}: Pick<RunRequest, 'retries' | 'retryMaxWait'>): RetryLimits {
  return { retries, maxWaitMs: retryMaxWait };
}
