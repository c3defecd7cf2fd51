/**
 * Usage: node client.mjs FOLDER QUESTION
 * Asks about a folder through `sluice mcp`, prints each message of the run as it comes, and the answer at the end. Ctrl-C
 * cancels the query. Outside a clone of sluice, `npm install @modelcontextprotocol/client` first.
 */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [folder = '.', question = 'What is this project?'] = process.argv.slice(2);
const cancel = new AbortController();
process.once('SIGINT', () => cancel.abort());

const client = new Client({ name: 'example', version: '1.0.0' });
try {
  await client.connect(
    new StdioClientTransport({
      command: process.env.SLUICE ?? 'sluice',
      args: ['mcp', '--root', folder, '--log-level', 'warn'],
      // Without this, the server would not see a key such as ANTHROPIC_API_KEY.
      env: process.env,
    }),
  );
  const { structuredContent, content, isError } = await client.callTool(
    { name: 'claude_query', arguments: { prompt: question } },
    {
      signal: cancel.signal,
      // The SDK gives up after a minute, unless progress keeps it waiting.
      resetTimeoutOnProgress: true,
      onprogress: ({ message, _meta }) => {
        console.error(message);
        for (const { sequence, message } of _meta?.['sluice/events'] ?? [])
          console.error(`  ${sequence} ${message.type}`);
      },
    },
  );
  if (isError) {
    console.error(content[0].text);
    process.exitCode = 1;
  } else {
    const { result, outcome, runId, sessionId, totalCostUsd } = structuredContent;
    console.log(result.summary);
    console.error({ outcome: outcome.class, runId, sessionId, totalCostUsd });
  }
} catch (error) {
  console.error(cancel.signal.aborted ? 'cancelled' : error.message);
  process.exitCode = cancel.signal.aborted ? 130 : 1;
} finally {
  await client.close();
}
