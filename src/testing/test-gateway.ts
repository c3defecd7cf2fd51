import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../client/client.ts';
import { replay } from '../replay.ts';
import type { Prompt } from '../request/prompt.ts';
import type { run, RunRequest } from '../run.ts';
import { createMemoryRuns } from '../runs/memory/memory-runs.ts';
import { openApprovals } from '../servers/approvals/open-approvals.ts';
import { routeGateway } from '../servers/gateway/handlers.ts';
import { createApp } from '../servers/http/app.ts';
import { putDoor } from '../servers/http/door.ts';
import { createGuard } from '../servers/http/guards.ts';
import { listen } from '../servers/http/listener.ts';
import type { Policy } from '../servers/policy.ts';
import { createQueries } from '../servers/queries.ts';
import { type Action, actionsOf, type Step } from './script.ts';

/** A gateway on loopback whose runs do as a test says: it starts no claude, and keeps all in memory. */
export interface TestGateway {
  readonly url: string;
  readonly client: Client;
  /** What runs were asked for so far, in the order they began. */
  readonly asked: readonly RunRequest[];
  close(): Promise<void>;
}

/**
 * Starts one, with all routes of `sluice serve`.
 * @param does what each run does; or what it does by what it is asked
 */
export async function startTestGateway(
  does: readonly Step[] | ((request: RunRequest) => readonly Step[]),
): Promise<TestGateway> {
  const asked: RunRequest[] = [];
  const play = (...[request, sinks, host]: Parameters<typeof run>): ReturnType<typeof run> => {
    asked.push(request);
    const actions = actionsOf(typeof does === 'function' ? does(request) : does);
    return replay(printed(actions), request, sinks, { ...host, env: {} });
  };
  const queries = createQueries({
    policy: POLICY(),
    env: {},
    limits: { maxRuns: 100, maxRunsPerCaller: undefined, maxQueued: 100, queueTimeoutMs: 60_000 },
    runs: createMemoryRuns({ runs: 1_000, bytes: 64 * 1024 * 1024, ageMs: 3_600_000 }),
    observers: [],
    run: play,
  });
  const app = createApp({ nothingHere: 'there is nothing here', onError() {} });
  putDoor(app, {
    guard: createGuard({ hosts: [], origins: [] }),
    access: {
      required: false,
      admit: async () => ({ subject: 'local', auth: null }),
      metadataAt: () => null,
    },
    isClosing: () => false,
  });
  routeGateway(app, { queries, approvals: openApprovals(), maxBody: 16 * 1024 * 1024, isClosing: () => false });
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  const url = listener.url.href;
  return {
    url,
    client: createClient({ url }),
    asked,
    async close() {
      await queries.close();
      await listener.close();
    },
  };
}

/** The text of a prompt, in whichever form it is given. */
export function wordsOf({ prompt }: Pick<RunRequest, 'prompt'>): string {
  const { text, inert }: Prompt = typeof prompt === 'string' ? { text: prompt } : (prompt ?? {});
  return text ?? inert ?? '';
}

const POLICY = (): Policy => ({
  roots: [realpathSync(tmpdir())],
  modes: ['default', 'plan', 'acceptEdits'],
  models: null,
  tools: ['Read', 'Glob', 'Grep', 'Edit', 'Write', 'Bash'],
  sandbox: false,
  env: [],
  request: { permissionMode: 'default', timeout: 300_000 },
});

/** What claude would print, as it would. */
async function* printed(actions: readonly Action[]): AsyncGenerator<string, void, undefined> {
  for (const action of actions) {
    if ('print' in action) yield `${JSON.stringify(action.print)}\n`;
    if ('wait' in action) await sleep(action.wait);
    if ('hang' in action) await new Promise(() => {});
    if ('exit' in action) return;
  }
}
