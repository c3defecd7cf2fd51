import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileLock, lockFile } from '../../system/file-lock.ts';
import { randomUuid } from '../../system/random-uuid.ts';

/** A process that carries out runs, for as long as it lives. */
export interface Owner {
  readonly id: string;
  /** Ends the ownership, once none of its runs is under way. */
  release(): Promise<void>;
}

const MOST_TRIES = 5;

/**
 * Becomes an owner. A process is known by a lock that the kernel ends with it: an id or a start time would mean another
 * one in another container.
 * @param folder where owners are; links in it must be resolved
 * @throws an Error where nothing can be locked
 */
export async function becomeOwner(folder: string): Promise<Owner> {
  for (let tries = 1; ; tries++) {
    const id = randomUuid();
    const lock = await lockOwner(folder, id);
    if (lock !== null) return { id, release: () => releaseOwner(folder, id, lock) };
    // Another process that looks for dead owners has removed it meanwhile.
    if (tries === MOST_TRIES) throw new Error(`${join(folder, id)} is locked`);
  }
}

/**
 * Does something for an owner whose process is dead, while no other process does; nothing for one that lives, or that
 * another process sees to already.
 */
export async function forDeadOwner(folder: string, id: string, act: () => Promise<void>): Promise<void> {
  const lock = await lockOwner(folder, id);
  if (lock === null) return;
  try {
    await act();
  } finally {
    await releaseOwner(folder, id, lock);
  }
}

/** The ids of all that left something behind. */
export function ownersIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^[\da-f-]{36}$/.test(name));
}

async function lockOwner(folder: string, id: string): Promise<FileLock | null> {
  const file = join(folder, id);
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 });
  const lock = await lockFile(file);
  return 'release' in lock ? lock : null;
}

async function releaseOwner(folder: string, id: string, lock: FileLock): Promise<void> {
  try {
    rmSync(join(folder, id), { force: true });
  } finally {
    await lock.release();
  }
}
