// How the database is reached: where, and as whom, stands in PGHOST, PGPORT, PGDATABASE and PGUSER, the password in the file that
// PGPASSWORDFILE names.
import { readFile } from 'node:fs/promises';

const { PGPASSWORDFILE } = process.env;

/** For `pg`; times are milliseconds. */
export const CONNECTION = {
  application_name: 'claude',
  connectionTimeoutMillis: 5_000,
  // The server stops a statement, and should it be gone, the client gives up.
  statement_timeout: 10_000,
  query_timeout: 15_000,
  // Read for each connection, so that it can be replaced.
  password: async () => (PGPASSWORDFILE ? (await readFile(PGPASSWORDFILE, 'utf8')).trim() : undefined),
};
