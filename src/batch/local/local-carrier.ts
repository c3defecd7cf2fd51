import { availableParallelism } from 'node:os';
import type { RunEvent } from '../../messages/types.ts';
import { mayWrite } from '../../messages/tool-names.ts';
import { asSluiceError, SluiceError } from '../../errors.ts';
import { type Host, run } from '../../run.ts';
import { collectBundle } from '../../sinks/formats/bundle.ts';
import type { Bundle } from '../../outcome/bundle.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { createPool, type Pool } from '../../run/pool.ts';
import type { Carrier, ItemWatch } from '../carrier.ts';
import { openPatches } from '../outputs/patches.ts';
import { refused } from '../refused.ts';
import { toolsIn } from '../tools-in.ts';
import type { Worktree } from './worktree.ts';

/** What runs here need. */
export interface LocalOptions {
  /** What most of them ask: claudes are started ahead for that. */
  readonly base: RunRequest;
  /** That of all runs. */
  readonly host: Omit<Host, 'signal' | 'beforeTool'>;
  /** How many claudes are to wait at most. */
  readonly spares: number;
  /** The folder for what was changed in worktrees; null: it is not wanted. */
  readonly patches: string | null;
}

/**
 * Carries items out in this process, a claude each. Where they run where they were asked to, claudes are started ahead.
 * @throws SluiceError `usage`, `output_error`
 */
export async function openLocalCarrier(options: LocalOptions): Promise<Carrier> {
  const { base, host: own, spares, patches } = options;
  const keepPatch = patches === null ? null : openPatches(patches);
  let coming = (): number => Number.POSITIVE_INFINITY;
  let pool: Promise<Pool> | null = null;

  /** Opens the pool with the first item: where there is none, no claude is started. */
  async function hostNow(): Promise<Omit<Host, 'signal' | 'beforeTool'>> {
    // A claude that waits has its folder already.
    if (wantsWorktree(base) || spares === 0) return own;
    pool ??= warm(options, () => Math.min(spares, coming()));
    return { ...own, pool: await pool };
  }

  return {
    ahead: spares,
    foresee(told) {
      coming = told;
    },
    async carry(item, watch, signal) {
      const { worktree: _own, ...rest } = item.request;
      const worktree = wantsWorktree(item.request) ? await worktreeFor(item.request, own.env) : null;
      if (worktree instanceof SluiceError) return refused(item.request, worktree);
      try {
        const host = await hostNow();
        const bundle =
          worktree === null
            ? await bundleOf(rest, watch, { ...host, signal })
            : await bundleOf({ ...rest, cwd: worktree.cwd }, watch, { ...host, env: worktree.env, signal });
        if (worktree !== null && keepPatch !== null && bundle.outcome.class === 'success')
          await keepPatch(item.id, await worktree.patch());
        return bundle;
      } finally {
        await worktree?.remove();
      }
    },
    async close() {
      await (await pool)?.close();
    },
  };
}

function warm({ base, host, spares }: LocalOptions, room: () => number): Promise<Pool> {
  return createPool({
    request: base,
    host: { ...host, beforeTool() {} },
    spares,
    startsAtOnce: availableParallelism(),
    refillAfter: 0,
    room,
  });
}

/** One of ours, of which is known where it is, in place of claude's own. */
function wantsWorktree({ worktree }: RunRequest): boolean {
  return worktree !== undefined && worktree !== false;
}

async function worktreeFor(
  { cwd = process.cwd(), worktree }: RunRequest,
  env: Host['env'] = process.env,
): Promise<Worktree | SluiceError> {
  if (typeof worktree === 'string')
    return new SluiceError('usage', (name) => `${name('worktree')}: each item has one of its own; leave the name out`);
  const { openWorktree } = await import('./worktree.ts');
  try {
    return await openWorktree(cwd, env);
  } catch (error) {
    return asSluiceError(error);
  }
}

async function bundleOf(request: RunRequest, watch: ItemWatch, host: Host): Promise<Bundle> {
  const collector = collectBundle(request);
  const stop = new AbortController();
  const forward = (): void => stop.abort(host.signal?.reason);
  host.signal?.addEventListener('abort', forward, { once: true });
  if (host.signal?.aborted === true) forward();
  const note = (tool: string): Promise<void> => (mayWrite(tool) ? watch.writing(tool) : Promise.resolve());
  const sink = {
    write(event: RunEvent) {
      collector.see(event);
      watch.see(event);
      // Of a claude that does not ask, this is the first that is heard of a tool.
      for (const tool of toolsIn(event)) note(tool).catch((error: unknown) => stop.abort(asSluiceError(error)));
    },
    close() {},
  };
  try {
    return collector.bundle(await run(request, [sink], { ...host, signal: stop.signal, beforeTool: note }));
  } finally {
    host.signal?.removeEventListener('abort', forward);
  }
}
