import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { createOwnConfig } from './options/own-config.ts';
import type { Origins } from '../request/check-request.ts';
import type { RunRequest } from '../request/run-request.ts';
import { createPrivateFolder } from '../system/private-folder.ts';
import { removeStaleFolders } from '../system/stale-folders.ts';
import { claudeArguments } from './options/arguments.ts';
import { ceilingCommand, ceilingsOf } from './options/ceilings.ts';
import { childEnvironment } from './options/environment.ts';
import { locateClaude } from './options/locate.ts';
import { readJson } from './options/read-json.ts';
import { watchDisk } from './output/disk-watch.ts';
import { openSpool } from './output/spool.ts';
import { type Child, type ChildOptions, startChild } from './supervise.ts';
import { createFamily } from './survivors/family.ts';
import { createMarker } from './survivors/marker.ts';

/** What a claude is started with. */
export interface LaunchOptions extends Pick<ChildOptions, 'isHopeless'> {
  readonly request: RunRequest;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where values of the request came from, by option, for errors. */
  readonly origins: Origins;
}

/** A started claude and all that was acquired for it. */
export interface Launched {
  readonly path: string;
  readonly child: Child;
  /** What it writes to stdout, to the end. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Why that may not be all it wrote, or null; known once it has ended. */
  spoolFault(): string | null;
  /** Kills what still runs and gives back everything. */
  release(): Promise<void>;
}

/**
 * Finds claude and starts it; it waits for a prompt then.
 * @throws SluiceError `claude_not_found`, `usage` (a working directory that can't be used) or `internal`
 */
export function launchClaude(options: LaunchOptions): Launched {
  const { env, request, origins } = options;
  const { agents, claudePath, passThrough = [] } = request;
  const cwd = resolve(request.cwd ?? process.cwd());
  checkFolder(cwd, origins['cwd'] ?? 'cwd');
  for (const folder of request.addDir ?? []) checkFolder(folder, origins['addDir'] ?? 'addDir');
  const path = locateClaude({ explicit: claudePath, layer: origins['claudePath'], path: env['PATH'], cwd });
  const [program, ...before] = [...ceilingCommand(ceilingsOf(request), { path: env['PATH'], cwd, env }), path];
  const agentsByName = agents === undefined ? undefined : readJson('--agents', agents);
  const acquired: (() => void)[] = [];
  const giveBack = (): void => {
    for (const release of acquired.splice(0).reverse()) {
      try {
        release();
      } catch {
        // What comes next is to be given back all the same, and the run has been decided.
      }
    }
  };
  try {
    const folder = createPrivateFolder();
    acquired.push(folder.remove);
    const config = request.isolate === true ? createOwnConfig(folder, env, cwd) : null;
    if (config !== null) acquired.push(config.close);
    const spool = openSpool(folder.path);
    acquired.push(spool.close);
    // Whatever claude is to see, this process is what a run around it knows.
    const marker = createMarker(process.env);
    const family = createFamily(marker, { folder: folder.path });
    // The last to go: until the folder is removed, the guardian would do it.
    acquired.unshift(family.dismiss);
    const child = startChild({
      ...options,
      path: program,
      args: [...before, ...claudeArguments(request, passThrough, folder)],
      env: childEnvironment(env, {
        retries: request.retries,
        temporary: folder.path,
        own: { [marker.variable[0]]: marker.variable[1], ...config?.variables },
      }),
      cwd,
      spool,
      family,
      agents: agentsByName,
    });
    const disk = watchDisk(folder.path, (free) => child.stop('output_error', { detail: describeLowDisk(free) }));
    acquired.push(disk.close);
    acquired.push(removeStaleFolders().close);
    return {
      path,
      child,
      chunks: spool.chunks,
      spoolFault: spool.fault,
      async release() {
        child.stop('reader_gone', { now: true });
        await child.ended.catch(() => {});
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

const MEBIBYTE = 1024 * 1024;

function describeLowDisk(free: number): string {
  const left = Math.floor(free / MEBIBYTE);
  return `the disk that holds what claude prints is nearly full (${left} MiB left); free some, or set TMPDIR to a folder on another one`;
}

function checkFolder(cwd: string, layer: string): void {
  let problem: string | null = null;
  try {
    if (!statSync(cwd).isDirectory()) problem = 'is not a directory';
  } catch (error) {
    problem = messageOf(error);
  }
  if (problem !== null) throw new SluiceError('usage', `${layer}: ${cwd} cannot be used: ${problem}`);
}
