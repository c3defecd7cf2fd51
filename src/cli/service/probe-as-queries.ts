import { askForAWord } from '../../doctor/trial.ts';
import type { Policy } from '../../servers/policy.ts';
import { admit } from '../../servers/policy/admit.ts';
import { probeLogin, type Probing } from '../../servers/probe-login.ts';
import { readQueryRequest } from '../../servers/validation/read-query-request.ts';

export interface ProbeOptions extends Omit<Probing, 'ask'> {
  readonly policy: Policy;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Has claude asked as a query would that sets nothing. Settles with the signal. */
export function probeAsQueries({ policy, env, ...probing }: ProbeOptions, signal: AbortSignal): Promise<void> {
  const query = readQueryRequest({ prompt: 'anything' });
  return probeLogin(
    {
      ...probing,
      async ask(signal) {
        const { run, host } = admit(query, policy, env);
        return askForAWord({ request: run, host: { ...host, signal } });
      },
    },
    signal,
  );
}
