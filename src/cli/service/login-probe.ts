import { askForAWord } from '../../doctor/trial.ts';
import type { Login, LoginWatch } from '../../servers/login.ts';
import type { Policy } from '../../servers/policy.ts';
import { admit } from '../../servers/policy/admit.ts';
import { readQueryRequest } from '../../servers/query-request.ts';
import { within } from '../../system/bounded-wait.ts';

export interface ProbeOptions {
  readonly policy: Policy;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; when no query has shown for so long that claude is let in, it is asked. */
  readonly intervalMs: number;
  readonly watch: LoginWatch;
  /** Told why it could not be asked. */
  readonly onFault: (fault: unknown) => void;
}

/** Asks claude for a word, now and again, as long as nothing else shows that it is let in. Settles with the signal. */
export async function probeLogin(
  { policy, env, intervalMs, watch, onFault }: ProbeOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      // As a query would be that sets nothing.
      const { run, host } = admit(readQueryRequest({ prompt: 'anything' }), policy, env);
      const ending = await askForAWord({ request: run, host: { ...host, signal } });
      watch.saw(ending);
    } catch (fault) {
      onFault(fault);
    }
    await untilDue(watch, intervalMs, signal);
  }
}

/** Waits for an interval, and on as long as queries have shown within one that claude is let in. */
async function untilDue(watch: LoginWatch, intervalMs: number, signal: AbortSignal): Promise<void> {
  for (let ms = intervalMs; ms > 0 && !signal.aborted; ms = restOf(watch.login(), intervalMs)) {
    await within(new Promise(() => {}), { ms, signal });
  }
}

/** A clock that was set back makes nobody wait for longer than an interval. */
function restOf(login: Login, intervalMs: number): number {
  return login.state === 'ok' ? Math.min(intervalMs, Date.parse(login.since) + intervalMs - Date.now()) : 0;
}
