import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { claudeArguments } from './options/arguments.ts';
import { childEnvironment } from './options/environment.ts';
import type { ClaudeOptions } from './options/flags.ts';
import { locateClaude } from './options/locate.ts';
import { readJson } from './options/read-json.ts';
import { createPrivateFolder } from './folders/private-folder.ts';
import { openSpool, type Spool } from './output/spool.ts';
import { type Child, startChild } from './supervise.ts';

/** What of a run concerns the process. */
export interface LaunchOptions {
  readonly claude: ClaudeOptions;
  readonly passThrough: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly claudePath?: string | undefined;
  readonly layers: { readonly claudePath?: string | undefined; readonly cwd?: string | undefined };
  readonly retries?: number | undefined;
}

/** A started claude and all that was acquired for it. */
export interface Launched {
  readonly path: string;
  readonly child: Child;
  /** What it writes to stdout, to the end. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Kills what still runs and gives back everything. */
  release(): Promise<void>;
}

/**
 * Finds claude and starts it; it waits for a prompt then.
 * @throws SluiceError `claude_not_found`, `usage` (a working directory that can't be used) or `internal`
 */
export function launchClaude(options: LaunchOptions): Launched {
  const { env } = options;
  const cwd = resolve(options.cwd);
  checkFolder(cwd, options.layers.cwd ?? '--cwd');
  const path = locateClaude({ explicit: options.claudePath, layer: options.layers.claudePath, path: env['PATH'], cwd });
  const { agents, jsonSchema } = options.claude;
  const claude =
    jsonSchema === undefined
      ? options.claude
      : { ...options.claude, jsonSchema: JSON.stringify(readJson('--json-schema', jsonSchema, cwd)) };
  const agentsByName = agents === undefined ? undefined : readJson('--agents', agents, cwd);
  const folder = createPrivateFolder();
  let spool: Spool | null = null;
  try {
    spool = openSpool(folder.path);
    const { chunks, close } = spool;
    const child = startChild({
      path,
      args: claudeArguments(claude, options.passThrough, folder),
      env: childEnvironment(env, { retries: options.retries, temporary: folder.path }),
      cwd,
      spool,
      agents: agentsByName,
    });
    return {
      path,
      child,
      chunks,
      async release() {
        child.stop('reader_gone', 'now');
        await child.ended.catch(() => {});
        close();
        folder.remove();
      },
    };
  } catch (error) {
    spool?.close();
    folder.remove();
    throw error;
  }
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
