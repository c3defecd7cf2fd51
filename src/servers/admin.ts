import { escapeJson } from '../sinks/safe-text.ts';
import { mapStrings } from '../stream/map-strings.ts';
import { VERSION } from '../version.ts';
import { type ActiveQuery, countActive } from './active-query.ts';
import { answerText } from './http/answer.ts';
import { createApp } from './http/app.ts';
import { listen, type Listener } from './http/listener.ts';
import { LOOPBACK_HOSTS } from '../system/loopback.ts';
import { requestedHost } from './http/requested-host.ts';
import type { Metrics } from './metrics.ts';
import type { Queries } from './queries.ts';
import { type ReadinessInput, readinessOf } from './readiness.ts';
import { Refusal } from './refusal.ts';

export interface AdminOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly queries: Pick<Queries, 'active' | 'prewarmed'>;
  readonly metrics: Pick<Metrics, 'page' | 'contentType'>;
  /** Whether the server accepts no more queries. */
  readonly isClosing: () => boolean;
  /** Whether claude is let in, and whether the server asks by itself; default: nothing is known. */
  readonly login?: () => Omit<ReadinessInput, 'isClosing'>;
  /** Masks secrets. */
  readonly redact: (text: string) => string;
  /** Told of what went wrong inside. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Listens on loopback for the operator: `/healthz` and `/readyz` for whoever watches over it, `/metrics` for Prometheus, `/runs` for
 * the queries that wait and run. Nobody has to prove anything, and nothing can be changed. Web pages can't read it:
 * they are told nothing under a name of theirs that leads to loopback, and under ours their browser keeps it from them.
 * @throws SluiceError `usage` when it can't listen on that port
 */
export function startAdmin(options: AdminOptions): Promise<Listener> {
  const { port, onError = () => {} } = options;
  const pages = pagesOf(options);
  const app = createApp({ nothingHere: `there are ${[...pages.keys()].join(', ')} and no others`, onError });
  app.addHook('onRequest', async ({ raw }) => {
    const host = requestedHost(raw);
    if (host !== null && LOOPBACK_HOSTS.includes(host)) return;
    throw new Refusal('forbidden', 'this is served under names of loopback only');
  });
  for (const [url, page] of pages) {
    app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: async (_, reply) => {
        const { status = 200, type, text } = await page();
        answerText(reply.code(status), type, text);
        return reply;
      },
    });
  }
  return listen(app, { host: '127.0.0.1', port, flag: '--admin-port' });
}

interface Page {
  readonly status?: number;
  readonly type: string;
  readonly text: string;
}

function pagesOf(options: AdminOptions): ReadonlyMap<string, () => Page | Promise<Page>> {
  const { queries, metrics, isClosing, login = () => ({ login: { state: 'unknown' } }), redact } = options;
  return new Map<string, () => Page | Promise<Page>>([
    ['/healthz', () => healthPage(queries.active(), isClosing())],
    ['/readyz', () => readinessPage({ isClosing: isClosing(), ...login() }, redact)],
    [
      '/metrics',
      async () => ({
        type: metrics.contentType,
        text: await metrics.page(queries.active(), await queries.prewarmed()),
      }),
    ],
    ['/runs', () => jsonPage(mapStrings(queries.active(), redact))],
  ]);
}

function healthPage(active: readonly ActiveQuery[], isClosing: boolean): Page {
  const { queued, running } = countActive(active);
  return {
    ...jsonPage({
      status: isClosing ? 'closing' : 'ok',
      active: running,
      queued,
      version: VERSION,
      uptime: Math.floor(process.uptime()),
    }),
    status: isClosing ? 503 : 200,
  };
}

/** Here is the operator, who may know what claude was told. */
function readinessPage(input: ReadinessInput, redact: (text: string) => string): Page {
  const { code, body } = readinessOf(input);
  const { login } = input;
  const isFailed = body.status === 'not_ready' && login.state === 'failed';
  return { ...jsonPage(isFailed ? { ...body, message: redact(login.message) } : body), status: code };
}

function jsonPage(value: unknown): Page {
  return { type: 'application/json', text: `${escapeJson(value)}\n` };
}
