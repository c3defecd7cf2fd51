import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';

/** An entry of a folder that is held: neither a link nor another mount can take its place. */
export interface Held {
  /** A path that leads to this very entry for as long as it is held. */
  readonly path: string;
  /** The mount that it lies in: the same text for all that lies in one. */
  readonly mount: string;
  close(): void;
}

/**
 * `O_PATH` (open(2), Linux), which Node has no name for: it asks the file system nothing, so that not even one that hangs
 * can hold us up, and takes no right to read. The same on all of Node's Linuxes.
 */
export const O_PATH = 0o10000000;

/**
 * Holds a file or a folder, never what a link leads to. Elsewhere than on Linux, and where there is no `/proc`, nothing
 * can be held: the path is the one that was given then, and mounts are told by their devices, which does not tell those
 * of one file system from each other.
 * @throws the system's error when there is no such entry
 */
export function hold(path: string): Held {
  return (process.platform === 'linux' ? holdOpen(path) : null) ?? { path, mount: deviceOf(path), close() {} };
}

function holdOpen(path: string): Held | null {
  const descriptor = openSync(path, O_PATH | constants.O_NOFOLLOW);
  const close = (): void => closeSync(descriptor);
  const id = mountIdOf(descriptor);
  if (id === null) {
    close();
    return null;
  }
  return { path: `/proc/self/fd/${descriptor}`, mount: `mount ${id}`, close };
}

/** What `/proc/self/mountinfo` calls a mount (proc(5)): two of one file system have two. */
function mountIdOf(descriptor: number): string | null {
  try {
    return /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

function deviceOf(path: string): string {
  return `device ${lstatSync(path).dev}`;
}
