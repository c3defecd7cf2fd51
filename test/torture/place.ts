import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIds } from '../support/processes.ts';

/** Where one run is tortured: a home of its own, and a word that is in the command line of whatever the run starts. */
export interface Place {
  readonly home: string;
  readonly project: string;
  readonly temporary: string;
  /** A number of seconds, so that `sleep` takes it; no other run has it. */
  readonly token: string;
  /** Ids of the processes that were there before: they are not the run's. */
  readonly foreign: ReadonlySet<number>;
  remove(): void;
}

export function makePlace(): Place {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'torture-'));
  const [project, temporary] = [join(home, 'project'), join(home, 'tmp')];
  mkdirSync(project);
  mkdirSync(temporary);
  return {
    home,
    project,
    temporary,
    token: `300.${randomInt(10 ** 9, 10 ** 10)}`,
    foreign: new Set(processIds()),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}
