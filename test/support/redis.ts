import { once } from 'node:events';
import { type ChildProcess, spawn } from 'node:child_process';
import { execa, execaSync } from 'execa';
import { emptyFolder } from './folder.ts';
import { freePort } from './free-port.ts';
import { atTestEnd } from './test-end.ts';

/** A server of Redis on loopback, which has on disk whatever it has said that it has. */
export interface RedisServer {
  readonly url: string;
  /** Runs `redis-cli` on it. */
  cli(...args: readonly string[]): string;
  /** All that is in it, as text. */
  content(): string;
  signal(signal: NodeJS.Signals): void;
  /** Kills it without a word. */
  kill(): Promise<void>;
  /** Starts it again, with what it had. */
  start(): Promise<void>;
}

/** Starts a server for as long as the test. @param settings more of them, as `redis-server` takes them */
export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const server = await redisIn(emptyFolder(), ...settings);
  atTestEnd(() => server.kill());
  return server;
}

/** The same for whoever ends it. */
export async function redisIn(folder: string, ...settings: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const at = ['-h', '127.0.0.1', '-p', String(port)];
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  let server: ChildProcess | null = null;
  const cli = (...args: readonly string[]): string => execaSync('redis-cli', [...at, ...args]).stdout;

  async function start(): Promise<void> {
    server = spawn('redis-server', [...own, ...durable, ...settings], { stdio: 'ignore' });
    // With a password, it says that it wants one.
    const answers = 'until redis-cli "$@" PING 2>&1 | grep -qE "PONG|NOAUTH"; do sleep 0.05; done';
    await execa('sh', ['-c', answers, 'sh', ...at], { timeout: 30_000 });
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    cli,
    content: () => cli('EVAL', CONTENT, '0'),
    signal: (signal) => void server?.kill(signal),
    async kill() {
      if (server === null || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
    start,
  };
}

/** All keys, each with its value, in one question: whoever waits for something to be there asks again and again. */
const CONTENT = `
local reading = {
  string = { 'GET' }, hash = { 'HGETALL' }, stream = { 'XRANGE', '-', '+' },
  list = { 'LRANGE', '0', '-1' }, zset = { 'ZRANGE', '0', '-1' }, set = { 'SMEMBERS' },
}
local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local words = reading[redis.call('TYPE', key).ok]
  all[#all + 1] = { key, redis.call(words[1], key, unpack(words, 2)) }
end
return all`;
