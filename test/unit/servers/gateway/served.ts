import { openApprovals } from '../../../../src/servers/approvals/open-approvals.ts';
import { createApp } from '../../../../src/servers/http/app.ts';
import { putDoor } from '../../../../src/servers/http/door.ts';
import { createGuard } from '../../../../src/servers/http/guards.ts';
import { listen } from '../../../../src/servers/http/listener.ts';
import { routePage } from '../../../../src/servers/gateway/page.ts';
import { routeGateway } from '../../../../src/servers/gateway/handlers.ts';
import { recognise } from '../../../../src/messages/recognise.ts';
import type { RunEvent } from '../../../../src/messages/types.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { type Raw, SESSION } from '../../outcome/evidence.ts';
import { holdRuns, type HeldRuns } from '../queries/held-runs.ts';
import { serve, type Served, type Serving } from '../queries/served.ts';
import { event } from '../../stream/messages.ts';

/** A gateway over runs that the test holds. Whoever asks says who it is, in `x-subject`. */
export interface ServedGateway extends Served {
  readonly url: URL;
  readonly held: HeldRuns;
  readonly errors: readonly unknown[];
  /** Lets no more runs in. */
  drain(): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(body: unknown, headers?: Readonly<Record<string, string>>, path?: string): Promise<Response>;
}

export async function serveGateway({
  maxBody = 10_000,
  origins = [],
  graceMs = 60_000,
  ...serving
}: Serving & {
  readonly maxBody?: number;
  readonly origins?: readonly string[];
  readonly graceMs?: number;
} = {}): Promise<ServedGateway> {
  const held = holdRuns();
  const served = serve({ run: held.run, ...serving });
  const errors: unknown[] = [];
  let isClosing = false;
  const app = createApp({ nothingHere: 'there is nothing here', onError: (error) => void errors.push(error) });
  putDoor(app, {
    guard: createGuard({ hosts: [], origins }),
    access: {
      required: true,
      admit: async ({ headers }) => ({ subject: String(headers['x-subject'] ?? 'alice'), auth: null }),
      metadataAt: () => null,
    },
    isClosing: ({ method }) => isClosing && method === 'POST',
  });
  const approvals = openApprovals();
  routeGateway(app, { queries: served.queries, approvals, maxBody, graceMs, isClosing: () => isClosing });
  routePage(app, async () => ({ html: '<p>', css: 'p{}', script: 'p()', reportScript: '', icon: '<svg/>' }));
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  atTestEnd(async () => {
    await served.queries.close();
    await listener.close();
  });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(new URL(path, listener.url), init);
  return {
    ...served,
    url: listener.url,
    held,
    errors,
    drain: () => void (isClosing = true),
    fetch: ask,
    post: (body, headers = {}, path = '/v1/queries') =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** Events of a run, from a sequence on. */
export function eventsOf(messages: readonly Raw[], from = 1): RunEvent[] {
  return messages.map((message, index) => ({ ...event(recognise(message), from + index), sessionId: SESSION }));
}
