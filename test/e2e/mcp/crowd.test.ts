import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { byHand, type Fields, type HandCall, type HandClient } from '../../support/by-hand.ts';
import { drawnToken } from '../../support/drawn-token.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { EACH_ONCE, type McpServer, startMcp, type Wire } from '../../support/mcp.ts';
import { visit } from '../../support/visit.ts';

const CROWD = 16;

/** How many of it may wait. */
const QUEUE = 4;
const LET_IN = 4 + QUEUE;
const BOUND = { timeout: 60_000, interval: 50 };

describe.each(EACH_ONCE)('a crowd of a %s client over %s', (era, wire) => {
  it('is let in as far as there is room, and the rest is told so', async () => {
    const server = await gatedServer(wire, ['--max-runs', '4', '--max-queued', `${QUEUE}`]);
    const calls = await crowd(await byHand(server, era));
    await vi.waitFor(() => expect(answered(calls)).toHaveLength(CROWD - LET_IN), BOUND);
    const refused = await Promise.all(answered(calls).map((call) => call.answered));
    for (const { result } of refused) {
      expect(result.isError).toBe(true);
      expect(JSON.parse(result.content[0].text)).toEqual({
        status: 'error',
        error_code: 'rate_limited',
        message: `${QUEUE} queries wait already, which is the limit; ask again in 5 s`,
        details: { reason: 'queue_full', queued: QUEUE, limit: QUEUE, retryAfter: 5 },
      });
    }
    server.open();
    const ended = (await server.audit(CROWD)).map(({ ended, refusal }) => refusal?.error_code ?? ended);
    expect(countsOf(ended)).toEqual({ rate_limited: CROWD - LET_IN, finished: LET_IN });
    expect(countsOf(await summaries(calls))).toEqual({ undefined: CROWD - LET_IN, done: LET_IN });
    expect(server.mostAtOnce()).toBe(4);
  });
});

describe('a crowd', () => {
  it('that may wait is served in its order, four at once', async () => {
    const server = await gatedServer('stdio', ['--max-runs', '4', '--max-queued', `${CROWD - 4}`]);
    const calls = await crowd(await byHand(server, 'modern'));
    await vi.waitFor(
      async () => expect(await server.phases()).toEqual({ 'local starting': 4, 'local queued': CROWD - 4 }),
      BOUND,
    );
    expect(calls.slice(4).map(({ received }) => received[0]?.params.message)).toEqual(
      calls.slice(4).map((_, ahead) => `queued · ${ahead} ahead`),
    );
    server.open();
    expect(countsOf(await summaries(calls))).toEqual({ done: CROWD });
    expect(server.mostAtOnce()).toBe(4);
    const lines = await server.audit(CROWD);
    const started = server.log().filter(({ msg }) => msg === 'query started');
    const models = started.map(({ runId }) => lines.find((line) => line.runId === runId).options.model);
    expect(models).toEqual(calls.map((_, at) => `call-${at}`));
  });

  it('holds up nobody else once it has all it may have', async () => {
    const home = freshHome();
    const [alice, bob] = [drawnToken(), drawnToken({ subject: 'bob' })];
    const tokens = join(home.path, 'tokens');
    writeFileSync(tokens, `${alice.line}\n${bob.line}\n`, { mode: 0o600 });
    const limits = ['--max-runs', '4', '--max-runs-per-caller', '2'];
    const server = await gatedServer('http', [...limits, '--tokens-file', tokens], home);
    const connect = ({ token }: { readonly token: string }): Promise<HandClient> =>
      byHand(server, 'legacy', { authorization: `Bearer ${token}` });
    const hers = await crowd(await connect(alice), 8);
    await vi.waitFor(
      async () => expect(await server.phases()).toEqual({ 'alice starting': 2, 'alice queued': 6 }),
      BOUND,
    );
    const his = await crowd(await connect(bob), 2);
    await vi.waitFor(
      async () => expect(await server.phases()).toEqual({ 'alice starting': 2, 'alice queued': 6, 'bob starting': 2 }),
      BOUND,
    );
    server.open();
    expect(countsOf(await summaries([...his, ...hers]))).toEqual({ done: 10 });
    expect(server.mostAtOnce()).toBe(4);
  });
});

interface GatedServer extends McpServer {
  /** Lets claudes go on, those that run and those to come. */
  open(): void;
  /** How many of them there were at once, at most, as they took it down themselves. */
  mostAtOnce(): number;
  /** How many queries wait and run, of whom. */
  phases(): Promise<Record<string, number>>;
  /** The lines of the audit, once there are so many. */
  audit(count: number): Promise<Fields[]>;
}

/** A server whose claudes wait until it is opened, and until there are four of them. */
async function gatedServer(wire: Wire, args: readonly string[], home: Home = freshHome()): Promise<GatedServer> {
  const inHome = (name: string): string => join(home.path, name);
  const [gate, visits, audit, claude] = [inHome('gate'), inHome('visits'), inHome('audit.jsonl'), inHome('claude')];
  writeFileSync(claude, claudeBehind(gate, visits), { mode: 0o700 });
  const admin = wire === 'http' ? [] : ['--admin-port', '0'];
  const server = await startMcp(wire, [...admin, '--audit', audit, ...args], { home, claude });
  const { url } = await server.logs({ face: 'admin' });
  return {
    ...server,
    open: () => writeFileSync(gate, ''),
    mostAtOnce() {
      let [now, most] = [0, 0];
      for (const visit of readFileSync(visits, 'utf8')) most = Math.max(most, (now += visit === '+' ? 1 : -1));
      return most;
    },
    async phases() {
      const runs: Fields[] = JSON.parse((await visit(new URL(String(url)), '/runs')).body);
      return countsOf(runs.map(({ caller, phase }) => `${caller.subject} ${phase}`));
    },
    audit: (count) =>
      vi.waitFor(() => {
        const lines = readFileSync(audit, 'utf8').split('\n').slice(0, -1);
        expect(lines).toHaveLength(count);
        return lines.map((line): Fields => JSON.parse(line));
      }, BOUND),
  };
}

/** A shell starts sooner than Node, which counts with so many. */
function claudeBehind(gate: string, visits: string): string {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const result = {
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'done',
    session_id: 's',
    num_turns: 1,
    usage,
  };
  return [
    '#!/bin/sh',
    `printf + >> '${visits}'`,
    'read -r prompt',
    `until [ -e '${gate}' ] && [ "$(wc -c < '${visits}')" -ge 4 ]; do sleep 0.05; done`,
    `echo '${JSON.stringify(result)}'`,
    'cat > /dev/null',
    `printf -- - >> '${visits}'`,
    '',
  ].join('\n');
}

/** Sends so many calls at once. */
function crowd(client: HandClient, count = CROWD): Promise<HandCall[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => client.ask({ prompt: 'hi', model: `call-${at}` })));
}

function answered(calls: readonly HandCall[]): HandCall[] {
  return calls.filter(({ received }) => received.some(({ method }) => method === undefined));
}

/** What claude said to each; undefined where it was not asked. */
function summaries(calls: readonly HandCall[]): Promise<string[]> {
  return Promise.all(calls.map(async (call) => (await call.answered).result.structuredContent?.result.summary));
}

function countsOf(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
