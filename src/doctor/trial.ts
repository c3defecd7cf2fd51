import { isUnknown, type RunEvent } from '../messages/types.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { OutcomeClass } from '../outcome/classes.ts';
import { run } from '../run.ts';
import type { Ending, Sink } from '../sinks/sink.ts';
import type { Host } from '../run/host.ts';
import type { Finding } from './finding.ts';

/** What a trial is run with: the request as settings have it, and what the command line gives a run. */
export interface Trial {
  readonly request: RunRequest;
  readonly host: Host;
}

/** Milliseconds; a login that works answers in a few seconds. */
const TIMEOUT_MS = 60_000;

/** What to do about a request that was not answered, by how it ended. */
const REMEDIES: Readonly<Partial<Record<OutcomeClass, string>>> = {
  auth: 'sluice help auth',
  billing: 'buy credit, or unset ANTHROPIC_API_KEY to use a subscription',
  rate_limited: 'try again later',
  overloaded: 'try again later',
};

/** Sends one tiny request, without tools and MCP servers, which costs a fraction of a cent. */
export function askForAWord({ request, host }: Trial): Promise<Ending> {
  const prompt = 'Answer with the word ok, and nothing else.';
  const asked: RunRequest = {
    ...request,
    tools: [],
    maxTurns: 1,
    retries: 1,
    timeout: TIMEOUT_MS,
    strictMcpConfig: true,
  };
  return run(asked, [], { ...host, prompt: () => Promise.resolve(prompt) });
}

/** Tells whether such a request was answered. */
export async function tryLogin(trial: Trial): Promise<Finding[]> {
  const ending = await askForAWord(trial);
  const { executionTime, totalCostUsd, claude } = ending.report;
  if (ending.class === 'success') {
    const cost = totalCostUsd === null ? '' : `, for $${totalCostUsd.toFixed(4)}`;
    const model = claude.model === null ? 'the model' : claude.model;
    return [{ level: 'ok', what: `${model} answered in ${(executionTime / 1_000).toFixed(1)} s${cost}` }];
  }
  return [
    {
      level: 'error',
      what: `a tiny request was not answered: ${ending.class}: ${ending.message}`,
      why: `a run would end so too: exit code ${ending.exitCode}`,
      ...fixOf(ending, trial.host),
    },
  ];
}

function fixOf({ class: outcome }: Ending, { env }: Host): Pick<Finding, 'fix'> {
  const fix =
    outcome === 'network'
      ? `curl -sS ${env?.['ANTHROPIC_BASE_URL'] || 'https://api.anthropic.com'}`
      : REMEDIES[outcome];
  return fix === undefined ? {} : { fix };
}

/**
 * Starts the MCP servers that a run here would have, and tells which came up. No model is asked: `/cost` is answered by
 * claude itself (2.1.197, 2.1.332).
 */
export async function startMcpServers({ request, host }: Trial): Promise<Finding[]> {
  const states = new Map<string, string>();
  const sink: Sink = {
    write({ message }: RunEvent) {
      if (isUnknown(message) || message.type !== 'system' || message.subtype !== 'init') return;
      for (const { name, status } of message.mcp_servers ?? []) states.set(name, status);
    },
    close() {},
  };
  const asked: RunRequest = { ...request, tools: [], timeout: TIMEOUT_MS };
  const ending = await run(asked, [sink], { ...host, prompt: () => Promise.resolve({ text: '/cost', slash: true }) });
  const up = [...states].filter(([, status]) => status === 'connected').map(([name]) => name);
  return [
    ...(up.length === 0 ? [] : [{ level: 'ok' as const, what: `started: ${up.join(', ')}` }]),
    ...ending.warnings.map((what): Finding => ({ level: 'warning', what })),
    ...(ending.class === 'success' || states.size > 0
      ? []
      : [{ level: 'error' as const, what: `claude did not start: ${ending.class}: ${ending.message}` }]),
  ];
}
