import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { reasonOf, SluiceError } from '../errors.ts';
import { createOwnConfig } from './start/own-config.ts';
import type { Origins } from '../request/check-request.ts';
import type { RunRequest } from '../request/run-request.ts';
import { createPrivateFolder } from '../system/private-folder.ts';
import type { FolderIdentity } from '../system/open-folder.ts';
import { removeStaleFoldersAtTimes } from '../system/stale-folders.ts';
import { systemPath } from '../system/system-path.ts';
import { ASKING, claudeArguments } from './start/arguments.ts';
import { limitCommand, limitsOf } from './start/resource-limits.ts';
import { askedOf } from './start/asked.ts';
import { type Concealment, concealmentOf } from './start/concealment.ts';
import { covering } from './start/covering.ts';
import { handingCommand } from './start/handing-command.ts';
import { childEnvironment } from './start/environment.ts';
import { locateClaude } from './start/locate.ts';
import { withPlainFiles } from './start/plain-files.ts';
import { readJson } from './start/read-json.ts';
import { saidByFlags } from './start/settings-as-flags.ts';
import { watchDisk } from './output/disk-watch.ts';
import { openSpool } from './output/spool.ts';
import { type Child, startChild } from './supervise.ts';
import { createProcessTree } from './process-tree/process-tree.ts';
import { createMarker } from './process-tree/marker.ts';
import { openWorkplace } from './workplace.ts';

/** What a claude is started with: all of it is fixed from then on, and nothing of it is the prompt's. */
export interface LaunchOptions {
  readonly request: RunRequest;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where values of the request came from, by option, for errors. */
  readonly origins: Origins;
  /** What the folder of `cwd` has to be; absent: whatever is there. */
  readonly folder?: FolderIdentity | undefined;
  /** Whether somebody can be asked about calls of tools. */
  readonly asks?: boolean | undefined;
  /** The names of variables that hold secrets, where tools are to have none; absent: tools get all that claude gets. */
  readonly secrets?: readonly string[] | undefined;
  /** Whether it is to ask before each call of a tool. */
  readonly asksAtGate?: boolean | undefined;
  /** Settings in place of the request's; absent: the request's. */
  readonly settings?: SettingsAtStart | undefined;
}

/** Settings that depend on the files at the time claude is started, and take time to be made. */
export interface SettingsAtStart {
  /** Stands for them where two starts are compared, though the files may have changed between these. */
  readonly key: string;
  /** Must not throw. */
  make(): Readonly<Record<string, unknown>>;
  /**
   * Whether what they name may be on claude's command line, which everybody on the machine can read: it starts sooner then.
   * Must not throw. Default: no.
   */
  mayShow?(): boolean;
}

/** A started claude and all that was acquired for it. */
export interface Launched {
  readonly path: string;
  readonly child: Child;
  /** What became of secret variables; null where nothing was asked to. */
  readonly concealed: Concealment | null;
  /** Whether it was started before there was a prompt for it. */
  readonly isSpare: boolean;
  /** Settles once it has said something, or has ended, or with the signal. */
  spoken(signal: AbortSignal): Promise<void>;
  /** Bytes of memory that it and what it started take now; null where that can't be told. Never throws. */
  memory(): number | null;
  /** What it writes to stdout, to the end. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Why that may not be all it wrote, or null; known once it has ended. */
  spoolFault(): string | null;
  /** Kills what still runs and gives back everything. Yields what else should be known of that, a sentence each. */
  release(): Promise<readonly string[]>;
  /**
   * Whether it says of itself that it is Claude Code: it is started once more, and asked for its version. Undefined with
   * resource limits, outside of which nothing of it is to run. Never rejects; takes 5 s at most.
   */
  saysItIsClaude(): Promise<boolean | undefined>;
}

/**
 * Finds claude and starts it; it waits for a prompt then.
 * @throws SluiceError `claude_not_found`, `usage` (a working directory that can't be used) or `internal`
 */
export function launchClaude(options: LaunchOptions): Launched {
  const { env, origins, settings } = options;
  const { request, variables } =
    settings === undefined
      ? { request: options.request, variables: {} }
      : saidByFlags(options.request, settings.make(), settings.mayShow?.() === true);
  const { agents, claudePath, passThrough = [] } = request;
  const cwd = resolve(request.cwd ?? process.cwd());
  checkFolder('cwd', cwd, origins);
  for (const folder of request.addDir ?? []) checkFolder('addDir', folder, origins);
  const path = locateClaude({ explicit: claudePath, layer: origins['claudePath'], path: env['PATH'], cwd });
  // Whatever claude is to see, this process is what a run around it knows.
  const marker = createMarker(process.env);
  const place = { path: systemPath(env['PATH']), cwd, env };
  const limits = limitsOf(request);
  const resourceLimits = limitCommand(limits, place);
  const concealed = concealmentOf(env, options.secrets ?? [], request);
  const handing = handingCommand(concealed, { path: env['PATH'], cwd });
  const agentsByName = agents === undefined ? undefined : readJson('agents', agents);
  const acquired: (() => readonly string[] | void)[] = [];
  const giveBack = (): readonly string[] =>
    acquired
      .splice(0)
      .reverse()
      .flatMap((release) => {
        try {
          return release() ?? [];
        } catch {
          // What comes next is to be given back all the same, and the run has been decided.
          return [];
        }
      });
  try {
    // The first to come and the last to go: until then the guardian would end and remove what follows.
    const processTree = createProcessTree(marker);
    processTree.guard();
    acquired.push(processTree.dismiss);
    const workplace = openWorkplace(cwd, options.folder, origins);
    acquired.push(workplace.close);
    const folder = createPrivateFolder(processTree.own);
    acquired.push(() => describeMounts(folder.path, folder.remove().mounts));
    const config = request.isolate === true ? createOwnConfig(folder, env, cwd) : null;
    if (config !== null) acquired.push(config.close);
    const spool = openSpool(folder.path);
    acquired.push(spool.close);
    const environment = childEnvironment(env, {
      retries: request.retries,
      temporary: folder.path,
      withheld: concealed.withheld,
      own: {
        [marker.variable[0]]: marker.variable[1],
        ...config?.variables,
        ...variables,
        ...covering(concealed, env, cwd, folder),
      },
    });
    const child = startChild({
      path,
      args: claudeArguments(
        withPlainFiles(request, folder),
        [...(options.asks === true ? ASKING : []), ...passThrough],
        folder,
      ),
      // The second is for a system that won't have such a limit after all.
      wrappers: [
        [...limitCommand(limits, place, marker.limit), ...handing],
        [...resourceLimits, ...handing],
      ],
      env: environment,
      workplace,
      spool,
      processTree,
      agents: agentsByName,
      asksAtGate: options.asksAtGate,
      asked: askedOf(options.request, passThrough),
    });
    const disk = watchDisk(dirname(folder.path), (free) =>
      child.stop('output_error', { detail: describeLowDisk(free) }),
    );
    acquired.push(disk.close);
    const cleaning = removeStaleFoldersAtTimes();
    if (cleaning !== null) acquired.push(cleaning.close);
    return {
      path,
      child,
      concealed: options.secrets === undefined ? null : concealed,
      isSpare: false,
      spoken: spool.begun,
      memory: processTree.memory,
      chunks: spool.chunks,
      spoolFault: spool.fault,
      async saysItIsClaude() {
        if (resourceLimits.length > 0) return undefined;
        const { saysItIsClaude } = await import('./probe-program.ts');
        return saysItIsClaude({ path, env: without(environment, concealed.handed), cwd });
      },
      async release() {
        child.stop('reader_gone', { now: true });
        await child.ended.catch(() => {});
        return giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

function without(env: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function describeMounts(folder: string, mounts: readonly string[]): readonly string[] {
  if (mounts.length === 0) return [];
  const places = mounts.map((mount) => relative(folder, mount) || '.').join(', ');
  return [`${folder} was left: a file system is mounted in it (${places}); unmount that, and remove the folder`];
}

const MEBIBYTE = 1024 * 1024;

function describeLowDisk(free: number): string {
  const left = Math.floor(free / MEBIBYTE);
  return `the disk that holds what claude prints is nearly full (${left} MiB left); free some, or set TMPDIR to a folder on another one`;
}

function checkFolder(option: string, folder: string, origins: Origins): void {
  let problem: string | null = null;
  try {
    if (!statSync(folder).isDirectory()) problem = 'is not a directory';
  } catch (error) {
    problem = reasonOf(error);
  }
  if (problem === null) return;
  throw new SluiceError('usage', (name) => `${origins[option] ?? name(option)}: ${folder} cannot be used: ${problem}`);
}
