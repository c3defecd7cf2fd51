import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { systemCodeOf } from '../errors.ts';
import { randomHex } from './random-hex.ts';

/** The right to write to a file, which one process has at a time. It ends with the process, however that ends. */
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

/** Hexadecimal digits by which the locks of one file differ. */
const DIGITS = 8;

/** The bytes of a socket's address, on Linux 107 (unix(7)); Node would cut what is longer. */
const MAX_ADDRESS = 103;

/** Milliseconds for a holder to say who it is; one that is stopped says nothing. */
const ANSWER_MS = 500;

/** Errors that say: nobody listens any more. */
const DEAD = new Set(['ECONNREFUSED', 'ENOENT']);

/**
 * Locks a file against all of this machine who lock it, too, in other containers and under other users as well. The
 * lock is a socket beside the file: as long as its process lives, the kernel answers there, and nobody else can. One
 * that was left behind is removed by the next. Of two that come at the very same time, both may be told no.
 * @param file links in it must be resolved
 * @throws an Error when there can be no socket beside the file
 */
export async function lockFile(file: string): Promise<FileLock | LockHolder> {
  const prefix = `.${basename(file)}.lock-`;
  const name = `${prefix}${randomHex(DIGITS / 2)}`;
  const folder: Folder = { path: dirname(file), descriptor: openSync(dirname(file), 'r') };
  let server: Server | null = null;

  async function release(): Promise<void> {
    // Removes the socket, whose address may lead through the folder's descriptor.
    if (server !== null) await once(server.close(), 'close');
    closeSync(folder.descriptor);
  }

  let holder: LockHolder | null;
  try {
    // Names are never used twice, and each is there before its owner looks for others: one of any two sees the other.
    server = await listenAt(addressOf(folder, name));
    holder = await findHolder(folder, prefix, name);
  } catch (error) {
    await release();
    throw error;
  }
  if (holder === null) return { release };
  await release();
  return holder;
}

/** What is said of a holder behind its description: ` (process 4321)`, or nothing. */
export function describeHolder({ heldBy }: LockHolder): string {
  return heldBy === null ? '' : ` (process ${heldBy})`;
}

async function listenAt(address: string): Promise<Server> {
  const server = createServer((socket) => {
    // A visitor that went away meanwhile has seen enough.
    socket.on('error', () => {});
    // One that stays must not hold up the release.
    socket.end(String(process.pid), () => socket.destroy());
    socket.unref();
  });
  await once(server.listen(address), 'listening');
  // A visitor that can't be let in, where files run out, has seen enough.
  server.on('error', () => {});
  return server.unref();
}

async function findHolder(folder: Folder, prefix: string, own: string): Promise<LockHolder | null> {
  const { readdir, unlink } = await import('node:fs/promises');
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    const { name } = entry;
    const isLock = name.startsWith(prefix) && name.length === prefix.length + DIGITS && entry.isSocket();
    if (!isLock || name === own) continue;
    const holder = await ask(addressOf(folder, name));
    if (holder !== null) return holder;
    await unlink(join(folder.path, name)).catch(() => {});
  }
  return null;
}

/** Null where nobody listens. */
async function ask(address: string): Promise<LockHolder | null> {
  const socket = addAbortSignal(AbortSignal.timeout(ANSWER_MS), connect(address));
  let answer = '';
  try {
    for await (const piece of socket) answer += String(piece);
  } catch (error) {
    if (DEAD.has(systemCodeOf(error) ?? '')) return null;
  }
  return { heldBy: /^\d{1,10}$/.test(answer) ? Number(answer) : null };
}

/** On Linux, there is a short way to any folder that is open. */
function addressOf({ path, descriptor }: Folder, name: string): string {
  const ways = process.platform === 'linux' ? [path, `/proc/self/fd/${descriptor}`] : [path];
  const address = ways.map((way) => join(way, name)).find((way) => Buffer.byteLength(way) <= MAX_ADDRESS);
  if (address === undefined) throw new Error('its path is too long for a lock beside it');
  return address;
}
