import type { OutcomeClass } from '../outcome/classes.ts';
import type { Ending } from '../sinks/sink.ts';
import type { Observer } from './observer.ts';

/** Whether claude is let in by the API. That there is a key or a token proves nothing: a request does. */
export type Login =
  | { readonly state: 'unknown' }
  | { readonly state: 'ok'; readonly since: string }
  | {
      readonly state: 'failed';
      /** ISO 8601 in UTC. */
      readonly since: string;
      readonly reason: 'auth' | 'billing';
      /** How claude, or what it was told, has it; for the operator alone. */
      readonly message: string;
    };

/** Watches how queries end, for what that says of claude's login. */
export interface LoginWatch {
  readonly observer: Observer;
  /** By the last request that says anything of it. */
  login(): Login;
  /** Takes note of a request that was no query. */
  saw(ending: Pick<Ending, 'class' | 'message'>): void;
}

/** Endings of runs whose requests were answered. */
const LET_IN: ReadonlySet<OutcomeClass> = new Set([
  'success',
  'refused',
  'max_turns',
  'max_budget',
  'schema_unmet',
  'denied',
]);

/** @param onChange told when it turns out to be bad, and when it is good again */
export function watchLogin(onChange: (login: Login) => void = () => {}): LoginWatch {
  let login: Login = { state: 'unknown' };

  function become(next: Login): void {
    const isNews = next.state === 'failed' ? login.state !== 'failed' : login.state === 'failed';
    login = next;
    if (isNews) onChange(next);
  }

  function saw({ class: outcome, message }: Pick<Ending, 'class' | 'message'>): void {
    const since = new Date().toISOString();
    if (outcome === 'auth' || outcome === 'billing') become({ state: 'failed', since, reason: outcome, message });
    else if (LET_IN.has(outcome)) become({ state: 'ok', since });
  }

  return {
    observer: {
      ended(_, { ended, ending }) {
        // What an earlier server died with is of its own time.
        if (ending !== null && ended !== 'interrupted') saw(ending);
      },
    },
    login: () => login,
    saw,
  };
}
