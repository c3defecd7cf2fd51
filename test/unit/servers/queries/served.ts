import { createMemoryRuns } from '../../../../src/runs/memory/memory-runs.ts';
import type { KeepLimits } from '../../../../src/runs/run-index.ts';
import type { Caller } from '../../../../src/servers/caller.ts';
import type { Policy } from '../../../../src/servers/policy.ts';
import { createQueries, type Follower, type Queries, type QueriesInput } from '../../../../src/servers/queries.ts';
import type { Query, QueryEnd, Observer } from '../../../../src/servers/observer.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Queries, and what an observer of theirs was told. */
export interface Served {
  readonly queries: Queries;
  readonly told: Told;
  /** The folder that they work in. */
  readonly root: string;
  ask(request?: object, who?: Partial<Caller>, follower?: Follower, signal?: AbortSignal): ReturnType<Queries['ask']>;
}

export interface Told {
  readonly queued: Query[];
  readonly started: Query[];
  readonly messages: number[];
  readonly ended: (QueryEnd & { readonly query: Query })[];
}

export interface Serving extends Partial<Omit<QueriesInput, 'limits' | 'policy'>> {
  readonly limits?: Partial<QueriesInput['limits']>;
  readonly keep?: Partial<KeepLimits>;
  readonly policy?: GivenPolicy;
}

interface GivenPolicy extends Partial<Omit<Policy, 'request'>> {
  readonly request?: Partial<Policy['request']>;
}

export const LOCAL: Caller = { subject: 'local', transport: 'stdio', protocol: 'mcp 2026-07-28', client: null };

/** Serves queries in a folder of their own, two at once unless limits say otherwise. */
export function serve({ limits, keep, policy, observers = [], ...input }: Serving): Served {
  const root = temporaryFolder();
  const told: Told = { queued: [], started: [], messages: [], ended: [] };
  const queries = createQueries({
    env: { PATH: process.env['PATH'] },
    runs: createMemoryRuns({ runs: 10, bytes: 1024 * 1024, ageMs: 60_000, ...keep }),
    ...input,
    policy: policyOf(root, policy),
    limits: { maxRuns: 2, maxRunsPerCaller: undefined, maxQueued: 10, queueTimeoutMs: 60_000, ...limits },
    observers: [...observers, observerOf(told)],
  });
  return {
    queries,
    told,
    root,
    ask: (request = {}, who = {}, follower = {}, signal = new AbortController().signal) =>
      queries.ask({ prompt: 'hi', ...request }, { ...LOCAL, ...who }, follower, signal),
  };
}

function observerOf(told: Told): Observer {
  return {
    queued: (query) => void told.queued.push(query),
    started: (query) => void told.started.push(query),
    message: (_, { sequence }) => void told.messages.push(sequence),
    ended: (query, end) => void told.ended.push({ ...end, query }),
  };
}

function policyOf(root: string, given: GivenPolicy = {}): Policy {
  return {
    roots: [root],
    modes: ['default'],
    models: null,
    tools: ['Read', 'Glob', 'Grep'],
    sandbox: false,
    env: [],
    ...given,
    request: { permissionMode: 'default', timeout: 60_000, maxPrompt: 1_000, ...given.request },
  };
}
