import type { RunRequest } from '../../request/run-request.ts';
import { createPool, type Pool } from '../../run/pool.ts';
import type { Policy } from '../policy.ts';
import { admit } from '../policy/admit.ts';
import { readQueryRequest } from '../validation/read-query-request.ts';

/** What is to wait for queries. */
export interface Prewarming {
  readonly policy: Policy;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How many wait for queries that set no option, and for how many other sets of options one waits. */
  readonly spares: number;
  readonly otherKeys: number;
  /** Told of what could not be started; queries start their own then. Must not throw. */
  readonly onFault: (fault: unknown) => void;
}

/** Opens a pool of claudes for the queries that a policy lets in; null where that can't be. Never rejects. */
export async function prewarm(
  { policy, env, spares, otherKeys, onFault }: Prewarming,
  room: () => number,
): Promise<Pool | null> {
  try {
    // What it asks is not what they are started with.
    const query = readQueryRequest({ prompt: 'anything' });
    const { host } = admit(query, policy, env);
    // The rules that confine are about what lies around the roots now.
    const request = (): RunRequest => admit(query, policy, env).run;
    return await createPool({ request, host, spares, otherKeys, room, onFault });
  } catch (fault) {
    onFault(fault);
    return null;
  }
}
