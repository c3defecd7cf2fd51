import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchFolder } from '../bench-folder.ts';

/** Something that listens, in a process of its own. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** A gateway, and where its operator looks. */
export interface Gateway extends Server {
  readonly adminUrl: string;
  /** What is its own alone; its temporary files and its state are in there. */
  readonly home: string;
}

/** Starts a server. @param urlOf finds in a line that it prints where it listens; null where that line does not say */
export async function startServer(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  stream: 'stdout' | 'stderr',
  urlOf: (line: string) => string | null,
): Promise<Server> {
  const child = spawn(process.execPath, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child[stream] });
  const other = stream === 'stdout' ? child.stderr : child.stdout;
  other.resume();
  const url = await new Promise<string>((resolve, reject) => {
    const heard: string[] = [];
    lines.on('line', (line) => {
      heard.push(line);
      const found = urlOf(line);
      if (found !== null) resolve(found);
    });
    child.once('exit', () => reject(new Error(`it ended before it listened: ${heard.join('\n')}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** Starts `sluice serve` with a home of that name. */
export async function startGateway(
  { path, sluice }: BenchFolder,
  name: string,
  args: readonly string[],
  envOf: (home: string) => NodeJS.ProcessEnv,
): Promise<Gateway> {
  const home = join(path, name);
  mkdirSync(join(home, 'tmp'), { recursive: true });
  const env = { ...envOf(home), TMPDIR: join(home, 'tmp') };
  let foundAdmin: ((url: string) => void) | null = null;
  const admin = new Promise<string>((resolve) => {
    foundAdmin = resolve;
  });
  const ports = ['--port', '0', '--admin-port', '0', '--drain-timeout', '0', '--log-format', 'json'];
  const server = await startServer([sluice, 'serve', ...ports, ...args], { cwd: home, env }, 'stderr', (line) => {
    const told: unknown = JSON.parse(line);
    const { face, url } = Object(told);
    if (face === 'admin') foundAdmin?.(String(url));
    return face === 'gateway' ? String(url) : null;
  });
  // The operator's port is opened right after.
  return { ...server, adminUrl: await admin, home };
}
