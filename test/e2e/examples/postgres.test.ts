import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse, turn } from '../../../src/demo/script.ts';
import { installExample } from '../../support/example.ts';
import { freePort } from '../../support/free-port.ts';
import { userPath } from '../../support/user-path.ts';
import { freshHome } from '../../support/folder.ts';
import { POSTGRES, startPostgres } from '../../support/postgres.ts';
import { lacks } from '../../support/programs.ts';
import { startSluice } from '../../support/sluice.ts';
import { stub, wordsSent } from '../../support/stub.ts';
import { atTestEnd } from '../../support/test-end.ts';

const BEST = 'SELECT name, sum(quantity) AS sold FROM orders JOIN products ON products.id = product_id GROUP BY name';

describe.skipIf(lacks(`${POSTGRES}/postgres`))('examples/postgres', () => {
  it('answers from what goes along and what is looked up, and reads no more than its role may', async () => {
    const home = freshHome();
    const folder = installExample('postgres', 'postgres');
    const database = await startPostgres('shop');
    database.run('shop', `${folder}/shop.sql`);
    database.run('shop', `${folder}/role.sql`, { password: 'open-sesame' });
    const password = join(home.path, 'password');
    writeFileSync(password, 'open-sesame\n', { mode: 0o600 });
    const env = { PGHOST: '127.0.0.1', PGPORT: String(database.port), PGDATABASE: 'shop', PGPASSWORDFILE: password };

    const looked = inTurn([toolUse('mcp__shop__query', { sql: BEST })], ({ toolResults }) =>
      turn([text(toolResults.at(-1)?.text ?? '')]),
    );
    const api = await stub(looked);
    const run = startSluice([], {
      api,
      home,
      env: {
        ...env,
        PATH: userPath(),
        GATEWAY_PORT: String(await freePort()),
        SLUICE_SERVER_ADMIN_PORT: 'off',
      },
      shell: () => `exec ${folder}/run.sh "Which sells best?"`,
    });
    const { exitCode, stdout, stderr } = await run.finished;
    expect([exitCode, stderr]).toEqual([0, `${BEST}\n`]);
    expect(stdout).toContain('{"name":"kettle","sold":250}');
    const words = wordsSent(api).join('\n');
    expect(words).toContain('Which sells best?');
    expect(words).toContain('"table": "orders"');
    expect(words).not.toContain('customer_email');

    const client = new Client({ name: 'test', version: '1.0.0' });
    atTestEnd(() => client.close());
    const given = { ...env, PGUSER: 'claude', PATH: process.env['PATH'] ?? '', HOME: home.path };
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [`${folder}/server.mjs`], env: given }),
    );
    const told: unknown[] = [];
    for (const sql of ATTACKS) {
      const { isError, content } = await client.callTool({ name: 'query', arguments: { sql } });
      told.push([sql, isError === true, JSON.stringify(content)]);
    }
    expect(told).toEqual(
      ATTACKS.map((sql) => [sql, true, expect.stringMatching(/syntax error|permission denied|must be/)]),
    );
    const many = await client.callTool({ name: 'query', arguments: { sql: 'SELECT id FROM orders;' } });
    expect(JSON.stringify(many.content)).toMatch(/\{\\"id\\":100\}\\nThere is more/);
  });
});

/** What no question is. */
const ATTACKS = [
  'DELETE FROM orders',
  'SELECT 1) AS answer; DELETE FROM orders; --',
  'WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone',
  'COMMIT',
  'COPY products TO STDOUT',
  'SELECT customer_email FROM orders',
  "SELECT pg_read_file('/etc/passwd')",
];
