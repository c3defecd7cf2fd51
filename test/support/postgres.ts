import { chownSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { execa, execaSync } from 'execa';
import { freePort } from './free-port.ts';
import { emptyFolder } from './folder.ts';
import { atTestEnd } from './test-end.ts';

/** Where Debian keeps the programs of a server. */
export const POSTGRES = '/usr/lib/postgresql/15/bin';

/** A server of PostgreSQL, running: on loopback, where it wants passwords, and for its owner on a socket of the folder. */
export interface Postgres {
  readonly port: number;
  /** Runs statements of a file as the owner of a database. */
  run(database: string, file: string, variables?: Readonly<Record<string, string>>): void;
}

/** Starts a server with an empty database, for as long as the test. */
export async function startPostgres(database: string): Promise<Postgres> {
  const folder = emptyFolder();
  const port = await freePort();
  const owner = ownerOf(folder);
  const data = join(folder, 'data');
  const at = ['-h', folder, '-p', String(port), '-U', 'owner'];

  const access = ['--auth-local=trust', '--auth-host=scram-sha-256'];
  execaSync(`${POSTGRES}/initdb`, ['-D', data, '-U', 'owner', ...access, '--no-sync', '--no-locale'], owner);
  const args = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), '-c', 'fsync=off'];
  const server = execa(`${POSTGRES}/postgres`, args, { ...owner, reject: false });
  atTestEnd(async () => {
    // It ends the connections that there are.
    server.kill('SIGINT');
    await server;
  });
  const created = ['-c', `until ${POSTGRES}/createdb "$@" 2>/dev/null; do sleep 0.05; done`, 'sh', ...at, database];
  await execa('sh', created, { timeout: 30_000 });

  return {
    port,
    run(database, file, variables = {}) {
      const set = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
      execaSync(`${POSTGRES}/psql`, [...at, '-q', '-v', 'ON_ERROR_STOP=1', ...set, '-f', file, database]);
    },
  };
}

/** Root may not run it: then it is the user of Debian's packages, who is given the folder. */
function ownerOf(folder: string): { readonly uid?: number; readonly gid?: number; readonly cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const [uid = 0, gid = 0] = ['-u', '-g'].map((which) => Number(execaSync('id', [which, 'postgres']).stdout));
  chownSync(folder, uid, gid);
  return { uid, gid, cwd: folder };
}
