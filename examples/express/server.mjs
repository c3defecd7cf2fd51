// A backend in front of `sluice serve`: a route that asks, and streams what happens. README.md says how it is started.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import express from 'express';
import { createClient, GatewayError } from 'sluice/client';

const {
  PORT = '8080',
  GATEWAY_URL = 'http://127.0.0.1:8000',
  GATEWAY_TOKEN_FILE = '/run/secrets/gateway-token',
} = process.env;

/** Read anew for each request, so that a token can be replaced. Node's `fetch` keeps connections open for the next one. */
const token = async () => (await readFile(GATEWAY_TOKEN_FILE, 'utf8')).trim();
const gateway = createClient({ url: GATEWAY_URL, token });

/** Milliseconds: what the gateway answers at once, and the silence that proxies bear. */
const SOON = 10_000;
const HEARTBEAT = 15_000;

const app = express();
app.disable('x-powered-by');

app.get('/healthz', (_, response) => void response.json({ ok: true }));

app.get('/readyz', async (_, response) => {
  const answer = await fetch(`${GATEWAY_URL}/readyz`, { signal: AbortSignal.timeout(SOON) }).catch(() => null);
  response.status(answer?.ok === true ? 200 : 503).end();
});

app.post('/ask', express.json({ limit: '256kb' }), async (request, response) => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { prompt } = request.body ?? {};
  const run = await gateway.submit({ prompt, maxTurns: 20 }, { signal: AbortSignal.timeout(SOON) });

  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const beat = setInterval(() => response.write(': still at it\n\n'), HEARTBEAT);
  try {
    // A stream that breaks on its way here is taken up again: the browser sees none of it.
    for await (const item of run.events({ signal: gone.signal })) {
      if (!response.write(recordOf(item))) await once(response, 'drain', { signal: gone.signal });
    }
  } catch (error) {
    if (!gone.signal.aborted) response.write(`event: failure\ndata: ${JSON.stringify(failureOf(error).body)}\n\n`);
  } finally {
    clearInterval(beat);
    // Nobody waits for it any more.
    if (gone.signal.aborted) await run.cancel();
    response.end();
  }
});

// Four parameters: that is how Express knows that it is told of errors.
app.use((error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, retryAfter, body } = failureOf(error);
  if (status >= 500) console.error(error);
  if (retryAfter !== undefined) response.set('retry-after', String(retryAfter));
  return response.status(status).json(body);
});

function recordOf(item) {
  if (item.kind === 'event') return `id: ${item.id}\nevent: message\ndata: ${JSON.stringify(item.event)}\n\n`;
  return `event: ${item.kind}\ndata: ${JSON.stringify(item)}\n\n`;
}

/** What the gateway refuses for what the caller asked; for all else it is this backend that asked wrongly. */
const CALLERS = [400, 404, 409, 413, 422, 429];

/** Whose failure it is, as this backend's own callers are told. */
function failureOf(error) {
  if (error instanceof GatewayError) {
    const { status, code, message, retryAfter } = error;
    if (CALLERS.includes(status)) return { status, retryAfter, body: { error: code, message } };
    if (status === 503 || status === 504)
      return { status, retryAfter: retryAfter ?? 5, body: { error: code, message: 'busy' } };
    return { status: 502, body: { error: 'bad_gateway', message: 'the run could not be made' } };
  }
  // A body that is no JSON, or too long.
  if (error.expose === true) return { status: error.status, body: { error: 'bad_request', message: error.message } };
  if (error.name === 'TimeoutError')
    return { status: 504, body: { error: 'timeout', message: 'the gateway did not answer' } };
  // What `fetch` throws where nobody is there.
  if (error instanceof TypeError)
    return { status: 503, retryAfter: 5, body: { error: 'unavailable', message: 'no gateway' } };
  return { status: 500, body: { error: 'internal', message: 'something is wrong here' } };
}

const server = app.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => server.close());
