import type { Ending } from '../sinks/sink.ts';
import { within } from '../system/bounded-wait.ts';
import type { Login, LoginWatch } from './login.ts';

export interface Probing {
  /** Asks claude for a word; the signal ends that. */
  readonly ask: (signal: AbortSignal) => Promise<Pick<Ending, 'class' | 'message'>>;
  /** Milliseconds; when nothing has shown for so long that claude is let in, it is asked. */
  readonly intervalMs: number;
  readonly watch: Pick<LoginWatch, 'login' | 'saw'>;
  /** Told why it could not be asked. */
  readonly onFault: (fault: unknown) => void;
}

/** Asks claude now, and then now and again, as long as no query shows that it is let in. Settles with the signal. */
export async function probeLogin({ ask, intervalMs, watch, onFault }: Probing, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      watch.saw(await ask(signal));
    } catch (fault) {
      onFault(fault);
    }
    for (let ms = intervalMs; ms > 0 && !signal.aborted; ms = restOf(watch.login(), intervalMs)) {
      await within(new Promise(() => {}), { ms, signal });
    }
  }
}

/** How long it will do to wait; a clock that was set back makes that no longer than an interval. */
function restOf(login: Login, intervalMs: number): number {
  return login.state === 'ok' ? Math.min(intervalMs, Date.parse(login.since) + intervalMs - Date.now()) : 0;
}
