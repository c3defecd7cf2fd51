import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeForForeign } from './processes.ts';
import { atTestEnd } from './test-end.ts';

/** An empty folder that goes away with the test. */
export function emptyFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(realpathSync(parent), 'sluice-e2e-'));
  atTestEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A user's home, a project to work in and a place for temporary files, all of them empty. */
export interface Home {
  readonly path: string;
  readonly project: string;
  readonly temporary: string;
}

/** Makes a home that goes away with the test. */
export function freshHome(parent?: string): Home {
  const path = emptyFolder(parent);
  const home = { path, project: join(path, 'project'), temporary: join(path, 'tmp') };
  mkdirSync(home.project);
  mkdirSync(home.temporary);
  takeForForeign(path);
  return home;
}

/**
 * Makes one that everybody may list. What lies beside it is named on claude's command line then, by which other tests find
 * processes of theirs: it lies where they have nothing.
 */
export function freshPublicHome(): Home {
  const home = freshHome('/var/tmp');
  chmodSync(home.path, 0o755);
  return home;
}

/**
 * What stands in the folder for temporary files that was not there before. What is not sluice's own is left out: an empty
 * folder that claude leaves when paths are long, and the compile cache of Node, which is to stay.
 */
export function temporaryFilesOf({ temporary }: Home): string[] {
  try {
    const entries = readdirSync(temporary).filter((name) => name !== 'node-compile-cache');
    return entries.filter((name) => name.startsWith('sluice') || !isEmptyFolder(join(temporary, name)));
  } catch {
    return [];
  }
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}
