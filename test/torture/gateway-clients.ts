import { text } from 'node:stream/consumers';
import { followToEnd, nothingSeen, readStream, type Seen, send } from './follow-gateway.ts';

/** As `counting-claude.sh` has it. */
const COUNTS = 20;

/** Milliseconds within which a round does what it does. */
export const MEANWHILE_MS = 700;

/** Milliseconds for what is to come to an end, also on a busy machine. */
export const BOUND = 60_000;

/** What a run was to its client. */
interface Client {
  readonly what: string;
  runId: string | null;
  readonly seen: Seen;
  /** Whether it is followed to its end. */
  readonly comesBack: boolean;
}

/** What clients ask, and what happens to it meanwhile. */
export interface Asked {
  /** Where it is served at this moment. */
  urlNow(): string;
  /** What is done to it while they ask. */
  disturb(): Promise<void>;
  /** Whether that may interrupt a run. */
  readonly isKilled: boolean;
}

/**
 * Submits runs, leaves some and breaks the streams of others at moments that look like chance. Returns what was wrong: an event
 * that came twice or never, a state that is none to end with, a key that is two runs.
 */
export async function watchClients(asked: Asked, random: () => number): Promise<readonly string[]> {
  const { urlNow, disturb, isKilled } = asked;
  const breakAfterMs = (): number | null => (random() < 0.7 ? random() * 120 : null);
  const leaver: Client = { what: 'left', runId: null, seen: nothingSeen(), comesBack: false };
  const keyed: Client = { what: 'with a key', runId: null, seen: nothingSeen(), comesBack: true };
  const sent: Client = { what: 'sent off', runId: null, seen: nothingSeen(), comesBack: true };
  const clients = [leaver, keyed, sent];

  async function leave(): Promise<void> {
    const response = await submit(urlNow(), leaver, { accept: 'text/event-stream' });
    if (response !== null) await readStream(response, leaver.seen, random() * MEANWHILE_MS);
  }

  /** Asked again with its key until it is known, it is one run. */
  async function comeBack(): Promise<void> {
    const headers = { accept: 'text/event-stream', 'idempotency-key': 'the-one' };
    while (keyed.runId === null) {
      const response = await submit(urlNow(), keyed, headers);
      if (response !== null) await readStream(response, keyed.seen, breakAfterMs());
    }
    await followToEnd(urlNow, keyed.runId, keyed.seen, { breakAfterMs, forMs: BOUND });
  }

  async function sendOff(): Promise<void> {
    while (sent.runId === null) {
      const response = await submit(urlNow(), sent, { prefer: 'respond-async' });
      if (response !== null) await text(response).catch(() => '');
    }
    await followToEnd(urlNow, sent.runId, sent.seen, { breakAfterMs, forMs: BOUND });
  }

  const going = Promise.all([leave(), comeBack(), sendOff()]);
  // Whoever waits for it learns of it then.
  going.catch(() => {});
  await disturb();
  await going;
  return [
    ...clients.flatMap(wrongInSeen),
    ...(await wrongInStates(urlNow, clients, isKilled)),
    ...(await sameWithKey(urlNow(), keyed)),
  ];
}

/** Null where nobody answers, as while the gateway is started again, or where that is to be asked again. */
async function submit(url: string, client: Client, headers: Readonly<Record<string, string>>) {
  const all = { 'content-type': 'application/json', ...headers };
  const response = await send('POST', `${url}v1/queries`, all, { prompt: client.what }).catch(() => null);
  if (response === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  }
  if (response.statusCode === 503) {
    // As it says, it is to be asked again.
    response.resume();
    await new Promise((resolve) => setTimeout(resolve, 100));
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
  urlNow: () => string,
  clients: readonly Client[],
  isKilled: boolean,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { what, runId, seen, comesBack } of clients) {
    if (runId === null) continue;
    const { state, ended, messages, startedAt } = await whenEnded(urlNow, runId);
    const fits =
      state === 'finished'
        ? ended === 'finished' || (ended === 'disconnected' && !comesBack)
        : state === 'interrupted' && isKilled;
    if (!fits) problems.push(`a run ${what} is ${String(state)}, ${String(ended)}`);
    // One that was never started has no ending.
    if (comesBack && seen.ids.length !== Number(messages) + (startedAt === null ? 0 : 1))
      problems.push(`a run ${what} has ${String(messages)} messages, and ${seen.ids.length} events were seen`);
    if (comesBack && ended === 'finished' && seen.counts.length !== COUNTS)
      problems.push(`a run ${what} finished, and ${seen.counts.length} counts were seen`);
  }
  return problems;
}

/** A run once it has ended. */
async function whenEnded(urlNow: () => string, runId: string): Promise<Readonly<Record<string, unknown>>> {
  const end = performance.now() + BOUND;
  for (;;) {
    const response = await send('GET', `${urlNow()}v1/queries/${runId}`, {});
    const run: Readonly<Record<string, unknown>> = Object(JSON.parse(await text(response)));
    const isUnderWay = run['state'] === 'queued' || run['state'] === 'running' || response.statusCode === 503;
    if (!isUnderWay || performance.now() > end) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function sameWithKey(url: string, keyed: Client): Promise<readonly string[]> {
  const known = keyed.runId;
  const response = await submit(url, keyed, { 'idempotency-key': 'the-one', prefer: 'respond-async' });
  if (response !== null) await text(response);
  return keyed.runId === known ? [] : ['the same key is another run'];
}

/** Numbers from 0 to 1 that look like chance, the same ones for the same round (mulberry32). */
export function drawn(round: number): () => number {
  let state = round * 0x9e37_79b9;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
