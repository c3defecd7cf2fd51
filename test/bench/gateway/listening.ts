import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { inRounds } from '../rounds.ts';
import { median, pairedRatio } from '../statistics.ts';
import { timeCommand } from '../time-command.ts';

/** Milliseconds from the start of a server. */
interface Times {
  readonly listens: number;
  readonly answers: number;
}

/** How long it takes until the gateway takes connections, and until it answers on the first one, over an empty node. */
export async function benchListening({ path, sluice }: BenchFolder, rounds: number): Promise<Figure[]> {
  const env = cleanEnvironment(path);
  const samples = await inRounds<'empty' | 'serve', Times>(rounds, {
    empty: async () => {
      const { wall } = await timeCommand([process.execPath, '-e', '0'], env, path);
      return { listens: wall, answers: wall };
    },
    serve: () => startOnce(sluice, join(path, 'gateway-listening')),
  });
  const figures = (['listens', 'answers'] as const).flatMap((name): Figure[] => {
    const of = (which: 'empty' | 'serve'): number[] => samples[which].map((times) => times[name]);
    const what = `sluice serve, until it ${name}`;
    return [
      { part: 'listen', what, value: median(of('serve')), unit: 'ms' },
      {
        part: 'listen',
        what: '… over node -e 0',
        value: pairedRatio(of('serve'), of('empty')),
        unit: 'x',
        ...(name === 'listens' ? { target: atMost(4) } : {}),
      },
    ];
  });
  const empty = median(samples.empty.map(({ listens }) => listens));
  return [{ part: 'listen', what: 'node -e 0', value: empty, unit: 'ms' }, ...figures];
}

async function startOnce(sluice: string, home: string): Promise<Times> {
  mkdirSync(join(home, 'tmp'), { recursive: true });
  const claude = join(import.meta.dirname, '../processes/instant-claude.sh');
  const port = await freePort();
  const ports = ['--port', String(port), '--admin-port', 'off'];
  const start = performance.now();
  const child = spawn(process.execPath, [sluice, 'serve', ...ports, '--claude', claude], {
    cwd: home,
    env: { ...cleanEnvironment(home), TMPDIR: join(home, 'tmp') },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  try {
    const socket = await firstConnection(port, child);
    const listens = performance.now() - start;
    socket.end('GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    const [head] = await once(socket, 'data');
    if (!String(head).startsWith('HTTP/1.1 200 ')) throw new Error(`it answers ${head}`);
    return { listens, answers: performance.now() - start };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** Tries until there is one. @throws Error where the server ends before */
async function firstConnection(port: number, child: ChildProcess): Promise<Socket> {
  while (child.exitCode === null && child.signalCode === null) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      await sleep(1);
    }
  }
  throw new Error('it ended before it listened');
}
