import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installPeers, type PeerGroup } from '../peers/install.ts';
import { CLAUDE } from './claude.ts';
import { FAKE_CLAUDE } from './fake.ts';
import { emptyFolder, freshHome, type Home } from './folder.ts';
import { freePort } from './free-port.ts';
import { type Invocation, type Running, startSluice } from './sluice.ts';
import { atTestEnd } from './test-end.ts';
import { userPath } from './user-path.ts';

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
  cpSync(exampleAt(name), folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  symlinkSync(installPeers(peers), join(folder, 'node_modules'));
  mkdirSync(join(parent, 'node_modules'));
  symlinkSync(ROOT, join(parent, 'node_modules/sluice'));
  return folder;
}

/** An example's command, which serves. */
export interface ExampleServer extends Pick<Running, 'says' | 'stderr'> {
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
  const { says, stderr } = running;
  return { home, url, fetch: ask, says, stderr, stdout: () => Buffer.concat(printed).toString() };
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
