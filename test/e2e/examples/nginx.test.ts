import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { exampleAt, startExample } from '../../support/example.ts';
import { begin } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { lacks } from '../../support/programs.ts';
import { atTestEnd } from '../../support/test-end.ts';

const MEGABYTE = 1024 * 1024;

describe.skipIf(lacks('nginx', ['-v']))('examples/nginx', () => {
  it('passes events on as they come, over TLS, and bounds what it lets through', async () => {
    const home = freshHome();
    const fake = [...begin, { say: 'at work' }, { work: true }] as const;
    const isReady = async (url: URL): Promise<boolean> => (await ask(open(url), '/readyz')).status === 200;
    const server = await startExample(`${exampleAt('nginx/run.sh')} ${home.project}`, { home, fake, isReady });
    const [, bearer = ''] = /authorization: (Bearer \S+)'/.exec(server.stdout()) ?? [];
    const session = open(server.url);

    const headers = { authorization: bearer, accept: 'text/event-stream', 'content-type': 'application/json' };
    const { status, answer, stream } = await ask(session, '/v1/queries', headers, '{"prompt":"hi"}');
    expect([status, answer['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    // The run goes on for ever: what comes has come while it did.
    for await (const chunk of stream) if (String(chunk).includes('at work')) break;
    await server.says((log) => log.includes('"ended":"disconnected"'));

    const long = await ask(session, '/v1/queries', headers, Buffer.alloc(17 * MEGABYTE));
    expect([long.status, JSON.parse(await text(long.stream))]).toMatchObject([
      413,
      { error_code: 'payload_too_large' },
    ]);

    const many = await Promise.all(Array.from({ length: 100 }, () => ask(session, '/v1/queries')));
    const refused = many.find(({ status }) => status === 429);
    expect(refused?.answer).toMatchObject({ 'retry-after': '1', 'content-type': 'application/json' });
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([401, 429]));
  });
});

/** A connection to a server whose certificate nobody has signed. */
function open(url: URL): ClientHttp2Session {
  const session = connect(`https://localhost:${url.port}`, { rejectUnauthorized: false });
  session.on('error', () => {});
  atTestEnd(() => session.destroy());
  return session;
}

async function ask(
  session: ClientHttp2Session,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
) {
  const stream = session.request({ ':path': path, ':method': body === undefined ? 'GET' : 'POST', ...headers });
  stream.on('error', () => {});
  stream.end(body);
  const [answer] = await once(stream, 'response');
  return { status: Number(answer[':status']), answer, stream };
}
