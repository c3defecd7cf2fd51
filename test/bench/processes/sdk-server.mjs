// What somebody would write: Fastify around query() of the Agent SDK, whose messages go out as server-sent events.
// Arguments: the SDK's module, Fastify's, the claude to run, and `warm` to have one wait by startup().
import { pathToFileURL } from 'node:url';

const [sdk, fastifyModule, pathToClaudeCodeExecutable, way] = process.argv.slice(2);
const { query, startup } = await import(pathToFileURL(sdk).href);
const { default: fastify } = await import(pathToFileURL(fastifyModule).href);
const options = { pathToClaudeCodeExecutable, permissionMode: 'default' };

let waiting = way === 'warm' ? startup({ options }) : null;

async function ask(prompt) {
  if (waiting === null) return query({ prompt, options });
  const warm = await waiting;
  waiting = null;
  return warm.query(prompt);
}

const app = fastify();

app.post('/query', async (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
  try {
    for await (const message of await ask(request.body.prompt)) {
      reply.raw.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    }
  } catch (error) {
    reply.raw.write(`event: error\ndata: ${JSON.stringify({ message: error.message })}\n\n`);
  }
  reply.raw.end();
  if (way === 'warm') waiting = startup({ options });
});

app.get('/ready', async () => {
  await waiting;
  return { status: 'ok' };
});

process.on('SIGTERM', () => void close());

async function close() {
  (await waiting)?.close();
  await app.close();
}

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
