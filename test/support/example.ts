import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installPeers, type PeerGroup } from '../peers/install.ts';
import { CLAUDE } from './claude.ts';
import { FAKE_CLAUDE } from './fake.ts';
import { emptyFolder, freshHome, type Home } from './folder.ts';
import { type Invocation, type Running, startSluice } from './sluice.ts';
import { atTestEnd } from './test-end.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How long a server of an example may take to be ready, in milliseconds. */
const READY_WITHIN = 45_000;

/** The path of something in `examples/`. */
export function exampleAt(path: string): string {
  return join(ROOT, 'examples', path);
}

/** A copy of an example's folder, with its packages and sluice installed. */
export function installExample(name: string, peers: PeerGroup): string {
  const parent = emptyFolder();
  const folder = join(parent, name);
  cpSync(exampleAt(name), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  symlinkSync(installPeers(peers), join(folder, 'node_modules'));
  mkdirSync(join(parent, 'node_modules'));
  symlinkSync(ROOT, join(parent, 'node_modules/sluice'));
  return folder;
}

/** A `PATH` on which `sluice` and `claude` are, as users have them. */
export function userPath(claude = CLAUDE): string {
  const bin = emptyFolder();
  symlinkSync(join(ROOT, 'bin/sluice.js'), join(bin, 'sluice'));
  symlinkSync(claude, join(bin, 'claude'));
  return [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
}

/** An example's command, which serves. */
export interface ExampleServer extends Pick<Running, 'says' | 'stderr' | 'kill' | 'finished'> {
  /** What it has printed so far. */
  stdout(): string;
  readonly home: Home;
  readonly url: URL;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface ExampleInvocation extends Invocation {
  /** Whether it can be asked; default: whether `/readyz` says so. */
  readonly isReady?: (url: URL) => Promise<boolean>;
}

/** Runs the command of an example, on ports that are free, until the test ends, when it may leave nothing behind. */
export async function startExample(
  command: string,
  { env = {}, home = freshHome(), isReady = saysReady, ...invocation }: ExampleInvocation = {},
): Promise<ExampleServer> {
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const running = startSluice([], {
    ...invocation,
    home,
    claude: null,
    env: {
      PATH: userPath(invocation.fake === undefined ? CLAUDE : FAKE_CLAUDE),
      PORT: String(port),
      GATEWAY_PORT: String(gatewayPort),
      SLUICE_SERVER_ADMIN_PORT: 'off',
      ...(invocation.fake === undefined ? {} : { SLUICE_SERVER_ENV: 'FAKE_CLAUDE' }),
      ...env,
    },
    shell: () => `exec ${command}`,
  });
  const printed: Buffer[] = [];
  running.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  atTestEnd(async () => {
    running.kill('SIGTERM');
    await running.finished;
  });
  const url = new URL(`http://127.0.0.1:${port}`);
  const ask: ExampleServer['fetch'] = (path, init) => fetch(new URL(path, url), init);
  await Promise.race([
    waitFor(() => isReady(url)),
    running.finished.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  const { says, stderr, kill, finished } = running;
  return { home, url, fetch: ask, says, stderr, kill, finished, stdout: () => Buffer.concat(printed).toString() };
}

/** A request with a body of JSON. */
export function posted(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

async function saysReady(url: URL): Promise<boolean> {
  return (await fetch(new URL('/readyz', url))).ok;
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < READY_WITHIN) {
    if (await holds().catch(() => false)) return;
    await sleep(50);
  }
  throw new Error('the example took too long to be ready');
}

/** A port of loopback that nobody listens on, for servers that can't choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
