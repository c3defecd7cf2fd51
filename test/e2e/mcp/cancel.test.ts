import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  byHand,
  type Fields,
  type HandCall,
  type HandClient,
  INITIALIZE,
  MODERN_META,
  OBEDIENT_CLAUDE,
  toDo,
} from '../../support/by-hand.ts';
import { CLAUDE } from '../../support/claude.ts';
import { layWire } from '../../support/cut.ts';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { ERAS, type McpServer, type ServerInvocation, startMcp, WAYS, type Wire } from '../../support/mcp.ts';
import { processesOf } from '../../support/processes.ts';
import { rounds } from '../../support/rounds.ts';
import { sleeping } from '../../support/scenarios.ts';
import { quote, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';
import { inTest } from '../../support/test-end.ts';
import { visit } from '../../support/visit.ts';

vi.setConfig({ testTimeout: 120_000 });

/** From it, four cases for each way have every stage at least once, and a stubborn one each. */
const SEED = 20_260_761;
const BOUND = { timeout: 60_000, interval: 50 };

/** Where a query is to be when it is cancelled. */
const STAGES = ['sent', 'waiting', 'starting', 'tool', 'text', 'deadline', 'result', 'answered'] as const;
type Stage = (typeof STAGES)[number];

/** What claude has started by then, and does not end by itself. */
const FAMILIES: Readonly<Record<string, readonly Step[]>> = {
  none: [],
  child: [{ spawn: 'sleep 600' }],
  'child that ignores signals': [{ spawn: 'trap "" HUP INT TERM; while :; do sleep 600; done' }],
  tribe: [{ spawn: 'sleep 600 & (sleep 600 & sleep 600) & wait' }],
};

const cancellation = fc.record({
  stage: fc.constantFrom(...STAGES),
  /** Milliseconds from there on. */
  after: fc.nat(120),
  family: fc.constantFrom(...Object.keys(FAMILIES)),
});

type Cancellation = typeof cancellation extends fc.Arbitrary<infer Value> ? Value : never;

const flow = Array.from({ length: 300 }, (_, at): readonly Step[] => [{ say: `part ${at}` }, { sleep: 3 }]).flat();

const SCRIPTS: Readonly<Record<Stage, readonly Step[]>> = {
  sent: [...begin, { hang: true }],
  waiting: [...begin, { hang: true }],
  starting: [{ prompt: true }, { sleep: 200 }, { init: {} }, { hang: true }],
  tool: [...begin, { bash: 'make' }, { spawn: 'sleep 600' }, { hang: true }],
  text: [...begin, ...flow, { hang: true }],
  deadline: [...begin, { say: 'soon over' }, { hang: true }],
  result: [...begin, { say: 'done' }, { result: {} }, { sleep: 100 }],
  answered: [...begin, ...succeed],
};

/** What shows in the progress of a query that it is there; `sent` is from the beginning. */
const SIGNS: Readonly<Record<Exclude<Stage, 'sent' | 'answered'>, RegExp>> = {
  waiting: /queued|starting/,
  starting: /starting/,
  tool: /"make"/,
  text: /part \d/,
  deadline: /soon over/,
  result: /"subtype":"success"/,
};

/** How queries may end that are cancelled there. */
const ENDS: Readonly<Record<Stage, (givenUp: string) => string>> = {
  sent: (givenUp) => givenUp,
  waiting: (givenUp) => givenUp,
  starting: (givenUp) => givenUp,
  tool: (givenUp) => givenUp,
  text: (givenUp) => givenUp,
  deadline: (givenUp) => `${givenUp}|timeout`,
  result: (givenUp) => `${givenUp}|finished`,
  answered: () => 'finished',
};

describe.concurrent('cancelled at random moments', () => {
  it.for(WAYS.map((way, at) => [...way, rounds(4), SEED + at] as const))(
    'by a %s client over %s, %i queries leave nothing (seed %i)',
    ([era, wire, numRuns, seed], context) =>
      inTest(context, async () => {
        const server = await auditedServer(wire, ['--max-runs', '3']);
        const client = await byHand(server, era);
        const cases = fc.sample(cancellation, { seed, numRuns });
        // One of them would rather not end.
        const stubborn = cases.findIndex(({ stage }) => stage === 'tool' || stage === 'text');
        const calls = await Promise.all(
          cases.map(async (each, index) => {
            const call = await client.ask(queryOf(each, index, index === stubborn));
            await reached(call, each.stage);
            await sleep(each.after);
            await call.cancel();
            return { ...each, call, cameBefore: call.received.length };
          }),
        );

        await server.isIdle();
        expect([...processesOf(server.home.path).values()]).toEqual([expect.stringContaining('sluice.js mcp')]);
        const lines = await server.audit(numRuns);
        // Since 2026-07-28, to drop the stream is how a request over HTTP is cancelled.
        const givenUp = era === 'modern' && wire === 'http' ? 'disconnected' : 'cancelled';
        const outcomes = calls.map(({ stage, call: { received }, cameBefore }, index) => {
          const isOwn = ({ options }: Fields): boolean => options?.model === `case-${index}`;
          // One that was cancelled before it was read.
          const isUnread = ({ options }: Fields): boolean => options === null && stage === 'sent';
          const { ended } = lines.find(isOwn) ?? lines.find(isUnread) ?? {};
          const responses = received.filter(({ method }) => method === undefined).length;
          return { stage, ended, responses, cameAfter: received.length - cameBefore };
        });
        expect(outcomes).toEqual(
          outcomes.map(({ stage, ended, responses }) => ({
            stage,
            ended: expect.stringMatching(new RegExp(`^(?:${ENDS[stage](givenUp)})$`)),
            responses: ended === givenUp ? 0 : Math.min(responses, 1),
            cameAfter: 0,
          })),
        );
        await hasRoomFor(3, client);
        await server.audit(numRuns + 3);
      }),
  );
});

describe('a client over stdio', () => {
  it.each(ERAS)('of the %s era that is killed takes its queries and the server with it', async (era) => {
    const home = freshHome();
    const audit = join(home.path, 'audit.jsonl');
    const requests = join(home.path, 'requests');
    const meta = { ...(era === 'modern' ? MODERN_META : {}), progressToken: 0 };
    const steps: readonly Step[] = [...begin, { spawn: 'trap "" TERM; sleep 600' }, { say: 'at work' }, { hang: true }];
    const params = { name: 'claude_query', arguments: toDo(steps), _meta: meta };
    const handshake = era === 'modern' ? [] : [{ id: 0, ...INITIALIZE }, { method: 'notifications/initialized' }];
    const messages = [...handshake, ...[1, 2].map((id) => ({ id, method: 'tools/call', params }))];
    writeFileSync(requests, messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''));
    const client = startSluice(['mcp', '--audit', audit], {
      home,
      claude: OBEDIENT_CLAUDE,
      env: { REQUESTS: requests },
      shell: (command) => `exec ${quote(process.execPath)} -e ${quote(CLIENT)} ${command}`,
    });
    await client.says((stderr) => stderr.split('query started').length === 3);
    await client.prints('at work');
    client.kill('SIGKILL');
    await vi.waitFor(() => expect([...processesOf(home.path).values()]).toEqual([]), BOUND);
    expect(linesOf(audit, 2).map(({ ended }) => ended)).toEqual(['disconnected', 'disconnected']);
  });
});

/** A client that starts its server, sends what it is to send, and passes on what comes. */
const CLIENT = `
const { spawn } = require('node:child_process');
const [command, ...args] = process.argv.slice(1);
const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
server.stdin.write(require('node:fs').readFileSync(process.env.REQUESTS));
server.stdout.pipe(process.stdout);
`;

describe('a client of a session over HTTP', () => {
  it('that vanishes has its query run on for its grace, and not longer', async () => {
    const server = await auditedServer('http', ['--max-runs', '1', '--legacy-grace', '1s']);
    const client = await byHand(server, 'legacy');
    const call = await client.ask(toDo([...begin, { say: 'at work' }, { hang: true }]));
    await call.comes(shows(/at work/));
    call.hangUp();
    const gone = performance.now();
    const other = await byHand(server, 'legacy');
    const waiting = await other.ask(toDo([...begin, ...succeed]));
    await waiting.comes(shows(/queued/));
    expect(await server.runs()).toMatchObject([{ phase: 'running' }, { phase: 'queued' }]);
    await server.logs({ ended: 'disconnected' });
    expect(performance.now() - gone).toBeGreaterThan(900);
    expect((await waiting.answered).result).toMatchObject({ structuredContent: { result: { summary: 'done' } } });
    expect((await server.audit(2)).map(({ ended }) => ended)).toEqual(['disconnected', 'finished']);
  });

  it('that comes back within its grace gets its result', async () => {
    const server = await auditedServer('http', ['--legacy-grace', '60s']);
    const wire = await layWire(server.url);
    const client = await byHand({ ...server, url: wire.url }, 'legacy');
    const call = await client.ask(toDo([...begin, { say: 'at work' }, { sleep: 1_000 }, ...succeed]));
    await call.comes(shows(/at work/));
    wire.cut();
    await server.logs({ ended: 'finished' });
    const back = await call.takeUp();
    expect((await back.answered).result).toMatchObject({ structuredContent: { result: { success: true } } });
    expect((await server.audit(1)).map(({ ended }) => ended)).toEqual(['finished']);
  });
});

it('the real claude that is cancelled while a tool runs leaves nothing', async () => {
  const api = await stub(sleeping);
  const server = await auditedServer('http', ['--allowed-tools', 'Bash'], { api, claude: CLAUDE });
  const client = await byHand(server, 'modern');
  const call = await client.ask({ prompt: 'Sleep.' });
  const commands = (): string[] => [...processesOf(server.home.path).values()];
  await vi.waitFor(() => expect(commands()).toContainEqual(expect.stringMatching(/^sleep 60/)), BOUND);
  await call.cancel();
  await server.isIdle();
  expect(commands()).toEqual([expect.stringContaining('sluice.js mcp')]);
  expect(await server.audit(1)).toMatchObject([{ ended: 'disconnected' }]);
});

interface AuditedServer extends McpServer {
  /** The lines of its audit, once there are so many. */
  audit(count: number): Promise<Fields[]>;
  /** What waits and runs. */
  runs(): Promise<Fields[]>;
  /** Settles once nothing does. */
  isIdle(): Promise<void>;
}

async function auditedServer(wire: Wire, args: readonly string[], more: ServerInvocation = {}): Promise<AuditedServer> {
  const home = freshHome();
  const file = join(home.path, 'audit.jsonl');
  const admin = wire === 'http' ? [] : ['--admin-port', '0'];
  const server = await startMcp(wire, ['--audit', file, ...admin, ...args], { claude: OBEDIENT_CLAUDE, home, ...more });
  const { url } = await server.logs({ face: 'admin' });
  const runs = async (): Promise<Fields[]> => JSON.parse((await visit(new URL(String(url)), '/runs')).body);
  return {
    ...server,
    runs,
    audit: (count) => vi.waitFor(() => linesOf(file, count), BOUND),
    isIdle: () => vi.waitFor(async () => expect(await runs()).toEqual([]), BOUND),
  };
}

function linesOf(file: string, count: number): Fields[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  expect(lines).toHaveLength(count);
  return lines.map((line): Fields => JSON.parse(line));
}

function queryOf({ stage, family }: Cancellation, index: number, isStubborn: boolean): Fields {
  const steps = [...(isStubborn ? STUBBORN : []), ...(FAMILIES[family] ?? []), ...SCRIPTS[stage]];
  return toDo(steps, { model: `case-${index}`, ...(stage === 'deadline' ? { timeoutMs: 1_500 } : {}) });
}

const STUBBORN: readonly Step[] = [{ ignore: ['SIGINT', 'SIGTERM'] }];

async function reached(call: HandCall, stage: Stage): Promise<void> {
  if (stage === 'answered') await call.answered;
  else if (stage !== 'sent') await call.comes(shows(SIGNS[stage]));
}

/** Whether a progress notification has a text, in its line or in its events. */
function shows(text: RegExp): (message: Fields) => boolean {
  return ({ method, params }) => method === 'notifications/progress' && text.test(JSON.stringify(params));
}

/** So many queries run at once, and none has to wait. */
async function hasRoomFor(count: number, client: HandClient): Promise<void> {
  const calls = await Promise.all(Array.from({ length: count }, () => client.ask(toDo([...begin, ...succeed]))));
  for (const { answered, received } of calls) {
    expect((await answered).result).toMatchObject({ structuredContent: { result: { summary: 'done' } } });
    expect(received.some(shows(/queued/))).toBe(false);
  }
}
