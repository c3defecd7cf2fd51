import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { byHand, type Fields, type HandCall } from '../../support/by-hand.ts';
import { freshHome } from '../../support/folder.ts';
import { EACH_ONCE, type Era, type McpServer, startMcp, WAYS, type Wire } from '../../support/mcp.ts';
import { processesOf } from '../../support/processes.ts';
import { IS_SOAK } from '../../support/rounds.ts';
import { inTest } from '../../support/test-end.ts';
import { visit } from '../../support/visit.ts';

vi.setConfig({ testTimeout: 120_000 });

const BOUND = { timeout: 60_000, interval: 50 };

/** Messages of 26 KB each: 13 MB, which no socket takes by itself, or 2.6 MB, which no pipe does; 104 MB in a soak. */
const SIZE = 26_000;
const FLOOD = { http: 500, stdio: 100 };
const TORRENT = IS_SOAK ? { http: 4_000, stdio: 4_000 } : FLOOD;

/** A server holds some 400 MB at its worst, of which most is garbage. */
const MAX_MB = 600;

/** To throw away what nobody reads any more must add nothing to a call of another client. */
const MAX_TIMES_HELD_UP = 4;
const MAX_HELD_UP_MS = 4_000;

/** A pipe is the same for both eras. */
const TORRENTS = WAYS.filter(([era, wire]) => IS_SOAK || era === 'modern' || wire === 'http');

describe.concurrent.each(TORRENTS)('a %s client over %s that stops reading', (era, wire) => {
  it('holds up neither its run nor others, takes no memory, and may hang up', (context) =>
    inTest(context, async () => {
      const server = await floodedServer(wire, ['--max-runs', '1']);
      const call = await stallingCall(server, era, 'torrent');
      await server.logs({ ended: 'finished', class: 'success' });
      await server.isIdle();
      await server.audits({ ended: 'finished' });
      const usually = await server.servesOthers(era);
      expect(isAnswered(call)).toBe(false);
      const peak = server.peakMemory();
      await context.annotate(`${Math.round(peak)} MB at most`);
      expect(peak).toBeLessThan(MAX_MB);
      const heldUp = await server.outlives(call, era);
      await context.annotate(`${Math.round(heldUp)} ms until another is served once it hangs up`);
      expect(heldUp).toBeLessThan(MAX_HELD_UP_MS + MAX_TIMES_HELD_UP * usually);
    }));
});

describe.concurrent.each(IS_SOAK ? WAYS : EACH_ONCE)('a %s client over %s that stops reading', (era, wire) => {
  it('is ended by the time limit all the same, and gets all of it once it reads again', (context) =>
    inTest(context, async () => {
      const server = await floodedServer(wire, ['--timeout', '3s']);
      const call = await stallingCall(server, era, 'flood and hang');
      await server.logs({ ended: 'timeout' });
      await server.isIdle();
      await server.audits({ ended: 'timeout' });
      expect(isAnswered(call)).toBe(false);
      call.goOn();
      const { result } = await call.answered;
      expect(JSON.parse(result.content[0].text)).toMatchObject({ error_code: 'timeout' });
      const sequences = call.received.flatMap(sequencesOf);
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
      expect(sequences).toHaveLength(FLOOD[wire]);
      const steps: number[] = call.received.flatMap(({ params }) => params?.progress ?? []);
      expect(steps).toEqual(steps.map((_, at) => at + 1));
      expect(call.received.at(-1)).toHaveProperty('result');
    }));

  it('cannot hold up the end of the server', (context) =>
    inTest(context, async () => {
      const server = await floodedServer(wire, []);
      const call = await stallingCall(server, era, 'flood and hang');
      await server.hasFlooded();
      const start = performance.now();
      server.kill('SIGTERM');
      await vi.waitFor(() => expect([...processesOf(server.home.path).values()]).toEqual([]), BOUND);
      await context.annotate(`${Math.round(performance.now() - start)} ms`);
      await server.audits({ ended: 'shutdown' });
      // What is left in the pipe is still to be read.
      call.goOn();
    }));
});

interface FloodedServer extends McpServer {
  /** Settles once there is one line in its audit, with these fields. */
  audits(fields: Fields): Promise<void>;
  /** Over HTTP, asks as another client and is answered; settles with the milliseconds that takes. */
  servesOthers(era: Era): Promise<number>;
  /** Over HTTP, lets a client hang up; settles with the milliseconds until another one is answered. */
  outlives(call: HandCall, era: Era): Promise<number>;
  /** Settles once nothing waits or runs. */
  isIdle(): Promise<void>;
  /** Settles once a claude has printed all of its flood. */
  hasFlooded(): Promise<void>;
  /** The most memory that it ever held, in MB. */
  peakMemory(): number;
}

/** A server whose claude floods, hangs, or does neither, as its prompt says. */
async function floodedServer(wire: Wire, args: readonly string[]): Promise<FloodedServer> {
  const home = freshHome();
  const inHome = (name: string): string => join(home.path, name);
  const [claude, audit, flooded] = [inHome('claude'), inHome('audit.jsonl'), inHome('flooded')];
  writeFileSync(claude, claudeThatFloods(wire, flooded), { mode: 0o700 });
  const admin = wire === 'http' ? [] : ['--admin-port', '0'];
  const server = await startMcp(wire, [...admin, '--audit', audit, ...args], { home, claude });
  const { url } = await server.logs({ face: 'admin' });
  const [pid] = [...processesOf(home.path)].find(([, command]) => command.includes('sluice.js mcp')) ?? [];
  async function servesOthers(era: Era): Promise<number> {
    if (wire === 'stdio') return 0;
    const start = performance.now();
    const call = await (await byHand(server, era)).ask({ prompt: 'hi' });
    expect(summaryOf(await call.answered)).toBe('done');
    return performance.now() - start;
  }

  return {
    ...server,
    audits: (fields) =>
      vi.waitFor(() => {
        const lines = readFileSync(audit, 'utf8').split('\n').slice(0, -1);
        expect(lines.map((line): Fields => JSON.parse(line))).toMatchObject([fields]);
      }, BOUND),
    servesOthers,
    async outlives(call, era) {
      if (wire === 'stdio') return 0;
      call.hangUp();
      return servesOthers(era);
    },
    isIdle: () => vi.waitFor(async () => expect((await visit(new URL(String(url)), '/runs')).body).toBe('[]\n'), BOUND),
    hasFlooded: () => vi.waitFor(() => expect(readFileSync(flooded, 'utf8')).toBe(''), BOUND),
    peakMemory: () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
  };
}

function claudeThatFloods(wire: Wire, flooded: string): string {
  const content = [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'x '.repeat(SIZE / 2) }];
  const message = { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: 's' };
  const usage = { input_tokens: 1, output_tokens: 1 };
  const result = { type: 'result', subtype: 'success', is_error: false, result: 'done', session_id: 's', usage };
  return `#!/bin/sh
read -r prompt
case "$prompt" in
  *torrent*) yes '${JSON.stringify(message)}' | head -n ${TORRENT[wire]} ;;
  *flood*) yes '${JSON.stringify(message)}' | head -n ${FLOOD[wire]}; : > '${flooded}' ;;
esac
case "$prompt" in
  *hang*) while read -r request; do case "$request" in *interrupt*) exit ;; esac; done ;;
esac
echo '${JSON.stringify(result)}'
cat > /dev/null
`;
}

/** A call whose client stops reading once it is under way. */
async function stallingCall(server: McpServer, era: Era, prompt: string): Promise<HandCall> {
  const client = await byHand(server, era);
  const call = await client.ask({ prompt });
  await call.comes(({ method }) => method === 'notifications/progress');
  call.stall();
  return call;
}

function isAnswered({ received }: HandCall): boolean {
  return received.some(({ method }) => method === undefined);
}

function summaryOf({ result }: Fields): unknown {
  return result.structuredContent?.result.summary;
}

function sequencesOf({ params }: Fields): number[] {
  const events: Fields[] = params?._meta?.['sluice/events'] ?? [];
  return events.map(({ sequence }) => sequence);
}
