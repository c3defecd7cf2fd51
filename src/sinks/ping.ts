import type { Sink } from './sink.ts';

/** How long one ping may take, in milliseconds. */
const PING_MS = 10_000;

/** Characters of a ping's body: more is cut off there (healthchecks.io keeps 100 kB, others less). */
const MOST = 10_000;

/**
 * Tells an address of a run's start and end, as healthchecks.io and its like have it: `URL/start`, then `URL` for a success
 * and `URL/fail` for everything else, with the class and the reason in the body. It never fails the run, and holds up its
 * end for 10 s at most.
 * @param onFault told why an address could not be told; the address is a secret, and not in it
 */
export function createPingSink(url: string, onFault: (reason: string) => void): Sink {
  const started = tell(addressOf(url, 'start'), '', onFault);
  return {
    write() {},
    async close(ending) {
      await started;
      const { class: own, exitCode, message } = ending;
      const body = `${own} (exit code ${exitCode}): ${message}\n`.slice(0, MOST);
      await tell(own === 'success' ? url : addressOf(url, 'fail'), body, onFault);
    },
  };
}

/** The path goes on; what is asked for behind it stays behind it. */
function addressOf(url: string, ending: string): string {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${ending}`;
  return address.href;
}

async function tell(url: string, body: string, onFault: (reason: string) => void): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PING_MS),
    });
    await response.body?.cancel();
    if (!response.ok) onFault(`the answer was ${response.status}`);
  } catch (error) {
    onFault(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const { name, cause }: { name?: unknown; cause?: unknown } = Object(error);
  if (name === 'TimeoutError') return `no answer within ${PING_MS / 1000} s`;
  const { code }: { code?: unknown } = Object(cause);
  return typeof code === 'string' ? `it could not be reached (${code})` : 'it could not be reached';
}
