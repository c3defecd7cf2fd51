import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readdir, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { systemCodeOf } from '../../errors.ts';

/** The right to write to a file, which one process has at a time. It ends with the process, however that ends. */
export interface FileLock {
  release(): Promise<void>;
}

interface Folder {
  readonly path: string;
  readonly descriptor: number;
}

/** Hexadecimal digits by which the locks of one file differ. */
const DIGITS = 8;

/** The bytes of a socket's address, on Linux 107 (unix(7)); Node would cut what is longer. */
const MAX_ADDRESS = 103;

/** Errors that say: nobody listens any more. */
const DEAD = new Set(['ECONNREFUSED', 'ENOENT']);

/**
 * Locks a file against all of this machine who lock it, too, in other containers and under other users as well. The
 * lock is a socket beside the file: as long as its process lives, the kernel answers there, and nobody else can. One
 * that was left behind is removed by the next. Of two that come at the very same time, both may be told no.
 * @param file links in it must be resolved
 * @returns null when another one has it
 * @throws an Error when there can be no socket beside the file
 */
export async function lockFile(file: string): Promise<FileLock | null> {
  const prefix = `.${basename(file)}.lock-`;
  const name = `${prefix}${randomBytes(DIGITS / 2).toString('hex')}`;
  const folder: Folder = { path: dirname(file), descriptor: openSync(dirname(file), 'r') };
  let server: Server | null = null;

  async function release(): Promise<void> {
    // Removes the socket, whose address may lead through the folder's descriptor.
    if (server !== null) await once(server.close(), 'close');
    closeSync(folder.descriptor);
  }

  try {
    // Names are never used twice, and each is there before its owner looks for others: one of any two sees the other.
    server = await listenAt(addressOf(folder, name));
    if (await isAlone(folder, prefix, name)) return { release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
}

async function listenAt(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await once(server.listen(address), 'listening');
  // A visitor that can't be let in, where files run out, has seen enough.
  server.on('error', () => {});
  return server.unref();
}

async function isAlone(folder: Folder, prefix: string, own: string): Promise<boolean> {
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    const { name } = entry;
    const isLock = name.startsWith(prefix) && name.length === prefix.length + DIGITS && entry.isSocket();
    if (!isLock || name === own) continue;
    if (await answers(addressOf(folder, name))) return false;
    await unlink(join(folder.path, name)).catch(() => {});
  }
  return true;
}

function answers(address: string): Promise<boolean> {
  const socket = connect(address);
  return new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true));
    socket.once('error', (error) => settle(!DEAD.has(systemCodeOf(error) ?? '')));
  }).finally(() => socket.destroy());
}

/** On Linux, there is a short way to any folder that is open. */
function addressOf({ path, descriptor }: Folder, name: string): string {
  const ways = process.platform === 'linux' ? [path, `/proc/self/fd/${descriptor}`] : [path];
  const address = ways.map((way) => join(way, name)).find((way) => Buffer.byteLength(way) <= MAX_ADDRESS);
  if (address === undefined) throw new Error('its path is too long for a lock beside it');
  return address;
}
