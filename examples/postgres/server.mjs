// An MCP server with one tool, `query`: a SELECT. The database's own rights are the wall (role.sql); a transaction that can't
// write, time-outs and bounds on what comes back are for accidents.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import pg from 'pg';
import { z } from 'zod';
import { CONNECTION } from './connection.mjs';

const MAX_ROWS = 100;
const MAX_CHARACTERS = 40_000;

const pool = new pg.Pool({ ...CONNECTION, max: 2, idleTimeoutMillis: 30_000 });
// A connection that breaks while it is idle is replaced.
pool.on('error', (error) => console.error(error.message));

/** Rows of a SELECT as JSON, and leaves the connection as it was. */
async function read(sql) {
  const client = await pool.connect();
  let isClean = false;
  try {
    await client.query('BEGIN READ ONLY');
    try {
      // The extended protocol takes one statement and no more, and a cursor is of nothing but a query: neither COMMIT nor COPY
      // gets in. The database cuts what is long.
      const line = `left(row_to_json(answer)::text, ${MAX_CHARACTERS}) AS line`;
      const text = `DECLARE lines NO SCROLL CURSOR FOR SELECT ${line} FROM (${sql.replace(/;\s*$/, '')}\n) AS answer`;
      await client.query({ text, queryMode: 'extended' });
      const { rows } = await client.query(`FETCH ${MAX_ROWS + 1} FROM lines`);
      return rows.map((row) => row.line);
    } finally {
      await client.query('ROLLBACK');
      await client.query('DISCARD ALL');
      isClean = true;
    }
  } finally {
    client.release(!isClean);
  }
}

function textOf(lines) {
  const whole = lines.join('\n');
  if (lines.length <= MAX_ROWS && whole.length <= MAX_CHARACTERS) return whole || 'no rows';
  const text = lines.slice(0, MAX_ROWS).join('\n').slice(0, MAX_CHARACTERS);
  return `${text}\nThere is more: ask for less at once, or have the database count.`;
}

serveStdio(() => {
  const server = new McpServer({ name: 'shop', version: '1.0.0' });
  server.registerTool(
    'query',
    {
      description: `Runs one SELECT in PostgreSQL. Rows come back as JSON, a line each, ${MAX_ROWS} at most.`,
      inputSchema: z.object({ sql: z.string().max(10_000) }),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ sql }) => {
      try {
        return { content: [{ type: 'text', text: textOf(await read(sql)) }] };
      } catch (error) {
        // What is wrong with the statement, so that the model can mend it.
        return { isError: true, content: [{ type: 'text', text: error.message }] };
      }
    },
  );
  return server;
});
