import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCodeOf } from '../errors.ts';
import { within } from './bounded-wait.ts';
import { randomHex } from './random-hex.ts';

/** The right to something, which one process has at a time. It ends with the process, however that ends. */
export interface FileLock {
  release(): Promise<void>;
}

/** Another process has the lock. */
export interface LockHolder {
  /** Its id, as it is called where it runs: in a container, that may be another than here. Null where it does not say. */
  readonly heldBy: number | null;
}

interface Folder {
  readonly path: string;
  readonly descriptor: number;
}

/** A place in the queue for a lock: a socket that says how things stand. */
interface Claim {
  readonly name: string;
  /** Settles once everybody can see it. @throws ENOENT where it is there no more */
  become(state: State): Promise<void>;
  release(): Promise<void>;
}

/** `deciding`: it looks for others, and may have the lock in a moment. `waiting`: it does not before it has looked again. */
type State = 'deciding' | 'waiting' | 'held';

/** The claim of another, and what it says of itself. */
interface Other extends LockHolder {
  readonly name: string;
  readonly state: State;
  /** Whether it is passed over: it waits, and does not answer, as a process does not that is stopped. */
  readonly isStopped: boolean;
}

/** Why a lock is not had: who has it, or is to have it before, and whose end to wait for. */
interface Hindrance {
  readonly holder: LockHolder;
  readonly before: string;
}

/** Digits of the time in milliseconds, to the base 36, and hexadecimal ones of chance, by which the claims to one lock differ. */
const TIME_DIGITS = 8;
const CHANCE_DIGITS = 4;

/** The bytes of a socket's address, on Linux 107 (unix(7)); Node would cut what is longer. */
const MAX_ADDRESS = 103;

/** Milliseconds for a claim to say how it stands. */
const ANSWER_MS = 500;

/**
 * How often one is asked that says nothing, by what its socket shows. Who has the lock and is silent is stopped, or just going.
 * Who has not decided is nearly always kept from the processor: if it counted as a holder, all who come at once on a busy
 * machine would refuse each other. So it gets ten seconds, after which it is stopped, and may have the lock when it goes on.
 */
const ASKED = { held: 2, deciding: 20, waiting: 1 } as const;

/** Milliseconds after which one whose end is waited for is asked whether it still answers. */
const STILL_THERE_MS = 2_000;

/**
 * What may be executed of a socket shows how its claim stands, for all to see while its process is stopped or busy: to sockets
 * it means nothing, and no usual umask makes new ones as those of `held` and `waiting` are. Who waits takes its bits off
 * again before it looks whether it may have the lock, and then sees whoever passed it over.
 */
const EXECUTABLE = 0o111;
const SHOWN: Readonly<Record<State, number>> = { deciding: EXECUTABLE, waiting: 0o011, held: 0o001 };

/** Milliseconds until one who came at the same time is asked again what it has decided. */
const LOOK_AGAIN_MS = 5;

/**
 * How often a claim is staked anew that is there no more: a socket can be seen a moment before it listens, and who asks it then
 * takes it for a dead one's and removes it. That happens to few, and hardly twice; where all is cleared away all the time, the
 * last one is as good as any.
 */
const MOST_STAKED = 5;

/** Errors that say: nobody listens any more. */
const DEAD = new Set(['ECONNREFUSED', 'ENOENT']);

/**
 * Locks a file against all of this machine who lock it, too, in other containers and under other users as well. The
 * lock is a socket beside the file: as long as its process lives, the kernel answers there, and nobody else can. One
 * that was left behind is removed by the next. Of those that come at once, exactly one has it.
 * @param file links in it must be resolved; it need not be there
 * @throws an Error when there can be no socket beside the file
 */
export async function lockFile(file: string): Promise<FileLock | LockHolder> {
  return queueFor(file, ({ holder }) => Promise.resolve({ heldBy: holder.heldBy }));
}

/**
 * The same, and waits for its turn: who came first is first. Learns at once that another is gone, however it went.
 * @param onHeld told who has it, each time that it is waited for
 * @throws the signal's reason when that ends the wait
 */
export async function waitForLock(
  file: string,
  signal: AbortSignal,
  onHeld: (holder: LockHolder) => void = () => {},
): Promise<FileLock> {
  async function wait({ holder, before }: Hindrance, folder: Folder): Promise<null> {
    signal.throwIfAborted();
    onHeld({ heldBy: holder.heldBy });
    await untilGoneOrStopped(addressOf(folder, before), signal);
    signal.throwIfAborted();
    return null;
  }
  return queueFor<never>(file, wait, signal);
}

/** What is said of a holder behind its description: ` (process 4321)`, or nothing. */
export function describeHolder({ heldBy }: LockHolder): string {
  return heldBy === null ? '' : ` (process ${heldBy})`;
}

/**
 * @param hindered says what comes of it where the lock is not had; null: it is to be looked for again
 * @param signal ends the patience with claims that say nothing
 */
async function queueFor<Otherwise>(
  file: string,
  hindered: (hindrance: Hindrance, folder: Folder) => Promise<Otherwise | null>,
  signal?: AbortSignal,
): Promise<FileLock | Otherwise> {
  const folder: Folder = { path: dirname(file), descriptor: openSync(dirname(file), 'r') };
  const prefix = `.${basename(file)}.lock-`;
  let claim: Claim | null = null;
  async function release(): Promise<void> {
    await claim?.release();
    closeSync(folder.descriptor);
  }
  try {
    for (let staked = 1; ;) {
      claim ??= await stakeClaim(folder, prefix, staked === MOST_STAKED);
      let hindrance: Hindrance | null;
      try {
        hindrance = await decide(folder, prefix, claim, signal);
      } catch (error) {
        if (systemCodeOf(error) !== 'ENOENT' || staked === MOST_STAKED) throw error;
        await claim.release();
        claim = null;
        staked++;
        continue;
      }
      if (hindrance === null) return { release };
      const otherwise = await hindered(hindrance, folder);
      if (otherwise === null) continue;
      await release();
      return otherwise;
    }
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Null once the lock is had: nobody has it, nobody came before, and nobody who came later is about to have it. Who looked
 * for others before this claim was there says that it is deciding, until it has the lock or has seen this claim.
 */
async function decide(
  folder: Folder,
  prefix: string,
  claim: Claim,
  signal: AbortSignal | undefined,
): Promise<Hindrance | null> {
  await claim.become('deciding');
  for (;;) {
    const others = await othersIn(folder, prefix, claim.name, signal);
    const holder = others.find(({ state }) => state === 'held');
    const ahead = others.filter(({ name, isStopped }) => name < claim.name && !isStopped);
    const before = ahead.at(-1) ?? holder;
    if (before !== undefined) {
      await claim.become('waiting');
      return { holder: holder ?? ahead[0] ?? before, before: before.name };
    }
    if (others.every(({ state }) => state !== 'deciding')) {
      await claim.become('held');
      return null;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/**
 * Names are never used twice, and each is there before its owner looks for others: one of any two sees the other.
 * @param isLast whether it is one even where it can't be seen any more
 */
async function stakeClaim(folder: Folder, prefix: string, isLast: boolean): Promise<Claim> {
  const { chmod, stat } = await import('node:fs/promises');
  const time = Date.now().toString(36).padStart(TIME_DIGITS, '0');
  const name = `${prefix}${time}${randomHex(CHANCE_DIGITS / 2)}`;
  const visitors = new Set<Socket>();
  const path = join(folder.path, name);
  let state: State = 'deciding';
  const server = createServer((socket) => {
    visitors.add(socket.unref());
    socket.once('close', () => visitors.delete(socket));
    // A visitor that went away meanwhile has seen enough; one that stays learns of the end.
    socket.on('error', () => {});
    socket.write(`${state} ${process.pid}\n`);
  });
  const claim: Claim = {
    name,
    async become(next) {
      const before = state;
      if (next === before) return;
      state = next;
      const shown = stat(path).then(({ mode }) => chmod(path, (mode & ~EXECUTABLE) | SHOWN[next]));
      // Where there is no such thing as permissions, nobody is passed over; one that would go on being so may not look.
      await shown.catch((error) => {
        if (before === 'waiting' || (!isLast && systemCodeOf(error) === 'ENOENT')) throw error;
      });
    },
    async release() {
      for (const socket of visitors) socket.destroy();
      // Removes the socket, whose address may lead through the folder's descriptor.
      await once(server.close(), 'close');
    },
  };
  await once(server.listen(addressOf(folder, name)), 'listening');
  // A visitor that can't be let in, where files run out, has seen enough.
  server.on('error', () => {});
  server.unref();
  return claim;
}

/** The other claims of the living, by their age; those of the dead are removed. */
async function othersIn(folder: Folder, prefix: string, own: string, signal?: AbortSignal): Promise<Other[]> {
  const { readdir, unlink } = await import('node:fs/promises');
  const length = prefix.length + TIME_DIGITS + CHANCE_DIGITS;
  const entries = await readdir(folder.path, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.name.startsWith(prefix) && entry.name.length === length && entry.isSocket())
    .map(({ name }) => name)
    .filter((name) => name !== own)
    .toSorted();
  const others = await Promise.all(
    names.map(async (name): Promise<Other[]> => {
      const path = join(folder.path, name);
      const answer = await answerOf(addressOf(folder, name), path, signal);
      if (answer === 'gone') await unlink(path).catch(() => {});
      return answer === 'gone' ? [] : [{ name, ...answer }];
    }),
  );
  return others.flat();
}

/** How a claim stands: as it says, or as its socket shows where it says nothing however often it is asked. */
async function answerOf(
  address: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Omit<Other, 'name'> | 'gone'> {
  for (let asked = 1; ; asked++) {
    const answer = await ask(address);
    if (answer === 'gone') return answer;
    if (answer !== null) return { ...answer, isStopped: false };
    const shown = await shownBy(path);
    if (asked < ASKED[shown] && signal?.aborted !== true) continue;
    const isStopped = shown === 'waiting';
    return { state: isStopped ? 'waiting' : 'held', heldBy: null, isStopped };
  }
}

/** What the permissions of a socket say. */
async function shownBy(path: string): Promise<State> {
  const { stat } = await import('node:fs/promises');
  const bits = ((await stat(path).catch(() => null))?.mode ?? 0) & EXECUTABLE;
  return bits === SHOWN.waiting ? 'waiting' : bits === SHOWN.held ? 'held' : 'deciding';
}

/** Null where somebody listens and does not say in time how it stands. */
async function ask(address: string): Promise<Pick<Other, 'state' | 'heldBy'> | 'gone' | null> {
  const socket = connect(address);
  const told = await within(lineFrom(socket), { ms: ANSWER_MS });
  socket.destroy();
  if (told.done && told.value === null) return 'gone';
  const [, state, pid] = /^(deciding|waiting|held) (\d{1,10})\n$/.exec((told.done && told.value) || '') ?? [];
  return isState(state) ? { state, heldBy: Number(pid) } : null;
}

/** What is said at the other end, up to the end of a line; null where nobody listens. */
async function lineFrom(socket: Socket): Promise<string | null> {
  let said = '';
  try {
    for await (const piece of socket) {
      said += String(piece);
      if (said.endsWith('\n')) break;
    }
  } catch (error) {
    if (DEAD.has(systemCodeOf(error) ?? '')) return null;
  }
  return said;
}

function isState(word: string | undefined): word is State {
  return word === 'deciding' || word === 'waiting' || word === 'held';
}

/** Settles once whoever has a claim has let go of it, or does not answer, or waiting is over. */
async function untilGoneOrStopped(address: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const socket = connect(address).resume();
    socket.on('error', () => {});
    // Not by `once` of node:events, which an error ends: that nobody is there any more is no error.
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const waited = await within(gone, { ms: STILL_THERE_MS, signal });
    socket.destroy();
    if (waited.done || waited.by === 'signal' || (await ask(address)) === null) return;
  }
}

/** On Linux, there is a short way to any folder that is open. */
function addressOf({ path, descriptor }: Folder, name: string): string {
  const ways = process.platform === 'linux' ? [path, `/proc/self/fd/${descriptor}`] : [path];
  const address = ways.map((way) => join(way, name)).find((way) => Buffer.byteLength(way) <= MAX_ADDRESS);
  if (address === undefined) throw new Error('its path is too long for a lock beside it');
  return address;
}
