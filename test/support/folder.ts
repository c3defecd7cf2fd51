import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that goes away with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sluice-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A user's home, a project to work in and a place for temporary files, all of them empty. */
export interface Home {
  readonly path: string;
  readonly project: string;
  readonly temporary: string;
}

/** Makes a home that goes away with the test. */
export function freshHome(): Home {
  const path = emptyFolder();
  const home = { path, project: join(path, 'project'), temporary: join(path, 'tmp') };
  mkdirSync(home.project);
  mkdirSync(home.temporary);
  return home;
}
