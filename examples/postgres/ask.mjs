// Asks a question about the database, both ways at once: what every question needs goes along as context, and what only this one
// needs the model fetches itself, by the tool of server.mjs.
//
//   node ask.mjs QUESTION
import pg from 'pg';
import { createClient, GatewayError } from 'sluice/client';
import { CONNECTION } from './connection.mjs';

const { GATEWAY_URL = 'http://127.0.0.1:8000', GATEWAY_TOKEN } = process.env;
const [question = 'Which product sells best?'] = process.argv.slice(2);

/** The tables that this role may read, so that no turn is spent on finding them. */
const SCHEMA = `
  SELECT table_name AS table, json_object_agg(column_name, data_type ORDER BY column_name) AS columns
  FROM information_schema.column_privileges JOIN information_schema.columns USING (table_schema, table_name, column_name)
  WHERE grantee = current_user AND table_schema = 'public' AND privilege_type = 'SELECT'
  GROUP BY table_name ORDER BY table_name`;

const database = new pg.Client(CONNECTION);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
try {
  await database.connect();
  const { rows } = await database.query(SCHEMA);
  const gateway = createClient({ url: GATEWAY_URL, token: GATEWAY_TOKEN });
  const run = await gateway.submit({
    prompt: question,
    context: { database: 'PostgreSQL', readable: rows },
    mcpServers: ['shop'],
    maxTurns: 15,
  });
  try {
    for await (const item of run.events({ signal: stop.signal })) {
      const blocks =
        item.kind === 'event' && item.event.message.type === 'assistant' ? item.event.message.message.content : [];
      for (const block of blocks) if (block.type === 'tool_use') console.error(block.input.sql ?? block.name);
    }
  } finally {
    if (stop.signal.aborted) await run.cancel();
  }
  const { outcome, result } = await run.result();
  console.log(result.summary);
  if (outcome.class !== 'success') console.error(`${outcome.class}: ${outcome.message}`);
  process.exitCode = outcome.exitCode;
} catch (error) {
  console.error(error instanceof GatewayError ? `the gateway: ${error.message}` : error.message);
  process.exitCode = 1;
} finally {
  await database.end();
}
