import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../src/errors.ts';
import { type Gateway, startGateway } from '../bench/gateway/start-server.ts';
import { processesOf, survivorsOf } from '../support/processes.ts';
import { followToEnd, nothingSeen, readStream, type Seen, send } from './follow-gateway.ts';
import { makePlace, type Place } from './place.ts';

const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
const CLAUDE = fileURLToPath(new URL('processes/counting-claude.sh', import.meta.url));

/** As `counting-claude.sh` has it. */
const COUNTS = 20;

/** Milliseconds within which a round does what it does. */
const MEANWHILE_MS = 700;

/** Milliseconds for what is to come to an end, also on a busy machine. */
const BOUND = 60_000;

/** What a run was to its client. */
interface Client {
  readonly what: string;
  runId: string | null;
  readonly seen: Seen;
  /** Whether it is followed to its end. */
  readonly comesBack: boolean;
}

/**
 * Submits runs to a gateway, leaves some and breaks the streams of others at moments that look like chance, kills the
 * gateway with every second round, starts it again, and goes on. Returns what was wrong: an event that came twice or never,
 * a state that is none to end with, something left.
 */
export async function tryGateway(round: number): Promise<readonly string[]> {
  const place = makePlace();
  const random = drawn(round);
  try {
    return await observe(place, random, round % 2 === 0);
  } catch (error) {
    return [messageOf(error)];
  } finally {
    for (const pid of processesOf(place.home).keys()) killHard(pid);
    place.remove();
  }
}

async function observe(place: Place, random: () => number, isKilled: boolean): Promise<readonly string[]> {
  let gateway = await start(place);
  const urlNow = (): string => gateway.url;
  const breakAfterMs = (): number | null => (random() < 0.7 ? random() * 120 : null);
  const leaver: Client = { what: 'left', runId: null, seen: nothingSeen(), comesBack: false };
  const keyed: Client = { what: 'with a key', runId: null, seen: nothingSeen(), comesBack: true };
  const sent: Client = { what: 'sent off', runId: null, seen: nothingSeen(), comesBack: true };
  const clients = [leaver, keyed, sent];

  async function leave(): Promise<void> {
    const response = await submit(gateway, leaver, { accept: 'text/event-stream' });
    if (response !== null) await readStream(response, leaver.seen, random() * MEANWHILE_MS);
  }

  /** Asked again with its key until it is known, it is one run. */
  async function comeBack(): Promise<void> {
    const headers = { accept: 'text/event-stream', 'idempotency-key': 'the-one' };
    while (keyed.runId === null) {
      const response = await submit(gateway, keyed, headers);
      if (response !== null) await readStream(response, keyed.seen, breakAfterMs());
    }
    await followToEnd(urlNow, keyed.runId, keyed.seen, { breakAfterMs, forMs: BOUND });
  }

  async function sendOff(): Promise<void> {
    while (sent.runId === null) {
      const response = await submit(gateway, sent, { prefer: 'respond-async' });
      if (response !== null) await text(response).catch(() => '');
    }
    await followToEnd(urlNow, sent.runId, sent.seen, { breakAfterMs, forMs: BOUND });
  }

  const going = Promise.all([leave(), comeBack(), sendOff()]);
  // Whoever waits for it learns of it then.
  going.catch(() => {});
  if (isKilled) {
    await new Promise((resolve) => setTimeout(resolve, random() * MEANWHILE_MS));
    process.kill(gateway.pid, 'SIGKILL');
    gateway = await start(place);
  }
  await going;
  const problems = [
    ...clients.flatMap(wrongInSeen),
    ...(await wrongInStates(gateway, clients, isKilled)),
    ...(await sameWithKey(gateway, keyed)),
  ];
  await gateway.close();
  const left = await survivorsOf(place.home, BOUND);
  const files = readdirSync(join(place.home, 'gateway', 'tmp')).filter((name) => name.startsWith('sluice-'));
  return [
    ...problems,
    ...left.map((commandLine) => `left running: ${commandLine}`),
    ...files.map((name) => `left on disk: ${name}`),
  ];
}

function start({ home }: Place): Promise<Gateway> {
  const args = ['--claude', CLAUDE, '--state', join(home, 'state'), '--max-runs', '3'];
  return startGateway({ path: home, sluice: SLUICE }, 'gateway', args, () => ({
    PATH: process.env['PATH'],
    HOME: home,
    ANTHROPIC_API_KEY: 'none',
  }));
}

/** Null where nobody answers, as while the gateway is started again. */
async function submit({ url }: Gateway, client: Client, headers: Readonly<Record<string, string>>) {
  const all = { 'content-type': 'application/json', ...headers };
  const response = await send('POST', `${url}v1/queries`, all, { prompt: client.what }).catch(() => null);
  if (response === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  }
  const { location } = response.headers;
  if (location === undefined) throw new Error(`${client.what}: answered with ${response.statusCode}`);
  client.runId = location.slice(location.lastIndexOf('/') + 1);
  return response;
}

function wrongInSeen({ what, seen: { ids, counts, isOver }, comesBack }: Client): readonly string[] {
  const claims: readonly (readonly [boolean, string])[] = [
    [ids.every((id, at) => id === at + 1), `events came as ${ids.join(' ')}`],
    [counts.every((count, at) => count === at + 1), `claude counted ${counts.join(' ')}`],
    [isOver || !comesBack, 'its ending never came'],
  ];
  return claims.filter(([holds]) => !holds).map(([, problem]) => `a run ${what}: ${problem}`);
}

async function wrongInStates(
  gateway: Gateway,
  clients: readonly Client[],
  isKilled: boolean,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { what, runId, seen, comesBack } of clients) {
    if (runId === null) continue;
    const { state, ended, messages } = await whenEnded(gateway, runId);
    const fits =
      state === 'finished'
        ? ended === 'finished' || (ended === 'disconnected' && !comesBack)
        : state === 'interrupted' && isKilled;
    if (!fits) problems.push(`a run ${what} is ${String(state)}, ${String(ended)}`);
    if (comesBack && seen.ids.length !== Number(messages) + 1)
      problems.push(`a run ${what} has ${String(messages)} messages, and ${seen.ids.length} events were seen`);
    if (comesBack && ended === 'finished' && seen.counts.length !== COUNTS)
      problems.push(`a run ${what} finished, and ${seen.counts.length} counts were seen`);
  }
  return problems;
}

/** A run once it has ended. */
async function whenEnded({ url }: Gateway, runId: string): Promise<Readonly<Record<string, unknown>>> {
  const end = performance.now() + BOUND;
  for (;;) {
    const response = await send('GET', `${url}v1/queries/${runId}`, {});
    const run: Readonly<Record<string, unknown>> = Object(JSON.parse(await text(response)));
    const isUnderWay = run['state'] === 'queued' || run['state'] === 'running';
    if (!isUnderWay || performance.now() > end) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function sameWithKey(gateway: Gateway, keyed: Client): Promise<readonly string[]> {
  const known = keyed.runId;
  const response = await submit(gateway, keyed, { 'idempotency-key': 'the-one', prefer: 'respond-async' });
  if (response !== null) await text(response);
  return keyed.runId === known ? [] : ['the same key is another run'];
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** Numbers from 0 to 1 that look like chance, the same ones for the same round (mulberry32). */
function drawn(round: number): () => number {
  let state = round * 0x9e37_79b9;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
