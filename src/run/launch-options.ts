import type { LaunchOptions } from '../claude/launch.ts';
import type { PatienceLimits } from '../claude/patience.ts';
import { IDLE_TIMEOUT_MS, MAX_RETRIES, RETRY_MAX_WAIT_MS, START_TIMEOUT_MS } from '../limits.ts';
import { isHopeless, type RetryLimits } from '../retry/retry-plan.ts';
import type { RunOptions } from './options.ts';

/** What of a run's options concerns the process. `remaining` tells the milliseconds left of the time limit. */
export function launchOptions(options: RunOptions, env: LaunchOptions['env'], remaining: () => number): LaunchOptions {
  const { passThrough = [], cwd = process.cwd(), claudePath, layers = {}, retries } = options;
  const limits = retryLimits(options);
  return {
    claude: options,
    passThrough,
    cwd,
    env,
    claudePath,
    layers,
    retries,
    isolate: options.isolate === true,
    ceilings: options.ceilings ?? {},
    limits: patienceLimits(options),
    waitBackground: options.waitBackground ?? 0,
    keepBackground: options.keepBackground === true,
    isHopeless: (retry) => isHopeless(retry, limits, remaining()),
  };
}

/** How often and how long retries may go on. */
export function retryLimits({ retries, retryMaxWait }: RunOptions): RetryLimits {
  return { retries: retries ?? MAX_RETRIES, maxWaitMs: retryMaxWait ?? RETRY_MAX_WAIT_MS };
}

function patienceLimits({ startTimeout, idleTimeout }: RunOptions): PatienceLimits {
  const any = typeof idleTimeout === 'number' ? idleTimeout : IDLE_TIMEOUT_MS;
  return {
    api: any,
    tool: any,
    text: any,
    ...(typeof idleTimeout === 'object' ? idleTimeout : {}),
    start: startTimeout ?? START_TIMEOUT_MS,
  };
}
