import { createServer } from 'node:net';
import { messageOf, systemCodeOf } from '../../errors.ts';
import { readTokensFile } from '../../servers/auth/tokens-file.ts';
import type { Finding } from '../finding.ts';

/** What a server would be started with. */
export interface ServerSetup {
  /** Where it would listen, each with the flag that says so; port 0 is any that is free. */
  readonly ports: readonly { readonly host: string; readonly port: number; readonly flag: string }[];
  readonly tokensFile: string | undefined;
  /** Folders that queries may work in; absent: the one it is started in. */
  readonly roots: readonly string[] | undefined;
  /** Why it would not start, where its settings alone tell. */
  readonly flaw: string | null;
}

/** Whether a server would start, and whom it would let in. */
export async function checkServers({ ports, tokensFile, roots, flaw }: ServerSetup): Promise<Finding[]> {
  const refused: Finding[] =
    flaw === null ? [] : [{ level: 'error', what: flaw, why: 'the server would not start: exit code 2' }];
  const free = await Promise.all(ports.map(portFinding));
  const folders: Finding =
    roots === undefined
      ? { level: 'note', what: 'queries may work in the folder that the server is started in', fix: '--root FOLDER' }
      : { level: 'ok', what: `queries may work in ${roots.join(', ')}` };
  return [...refused, ...free, ...(await tokens(tokensFile, ports)), folders];
}

async function portFinding({ host, port, flag }: ServerSetup['ports'][number]): Promise<Finding> {
  const code = await listenFailure(host, port);
  const place = `${host}:${port} (${flag})`;
  if (code === null) return { level: 'ok', what: `${place} is free` };
  return {
    level: 'error',
    what: code === 'EADDRINUSE' ? `something else listens at ${place}` : `${place} can't be listened at: ${code}`,
    why: 'the server would not start',
    fix: `${flag} 0, for any port that is free`,
  };
}

/** The system's code for why nothing can listen there; null where it can. */
function listenFailure(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCodeOf(error) ?? messageOf(error)));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}

async function tokens(file: string | undefined, ports: ServerSetup['ports']): Promise<Finding[]> {
  if (file === undefined) {
    if (ports.length === 0) return [];
    return [
      {
        level: 'note',
        what: 'no tokens are asked for: everybody on this machine is let in',
        fix: 'sluice token --subject NAME --tokens-file FILE, then --tokens-file FILE',
      },
    ];
  }
  try {
    const { lines, malformed } = await readTokensFile(file);
    const now = Date.now();
    const valid = lines.filter(({ expires }) => expires === null || Date.parse(expires) > now);
    const names = [...new Set(valid.map(({ subject }) => subject))];
    return [
      valid.length === 0
        ? {
            level: 'error',
            what: `${file} has no token that is still good`,
            why: 'nobody would be let in',
            fix: `sluice token --subject NAME --tokens-file ${file}`,
          }
        : { level: 'ok', what: `${file} has ${valid.length} tokens that are good, for ${names.join(', ')}` },
      ...malformed.map((what): Finding => ({
        level: 'warning',
        what: `${file}: ${what}`,
        why: 'that token lets nobody in',
      })),
    ];
  } catch (error) {
    return [{ level: 'error', what: `${file} can't be used: ${messageOf(error)}`, why: 'the server would not start' }];
  }
}
