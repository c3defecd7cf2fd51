import type { Wording } from '../errors.ts';
import { isConnector, MCP_CONFIG, type GivenServer, type ServerState } from './server-warnings.ts';

/** Asks for every server that there is. */
const ALL_SERVERS = 'all';

/** Why a run lacks MCP servers that it was not to do without, or null. */
export function missingServers(
  required: readonly string[],
  states: readonly ServerState[],
  given: readonly GivenServer[] = [],
): Wording | null {
  const reasons = requiredOf(required, states, given).flatMap((name) => {
    const state = states.find((one) => one.name === name);
    return state?.status === 'connected' ? [] : [`${name} ${reasonOf(name, state, states, given)}`];
  });
  if (reasons.length === 0) return null;
  return (name) => `${name('requireMcp')}: MCP server ${reasons.join('; ')}`;
}

/** Whether one that is asked for may still come, and none is known not to. */
export function isConnecting(required: readonly string[], states: readonly ServerState[]): boolean {
  const open = states.filter(({ name, status }) => status !== 'connected' && isAsked(required, name));
  return open.length > 0 && open.every(({ status }) => status === 'pending') && isEachKnown(required, states);
}

function isEachKnown(required: readonly string[], states: readonly ServerState[]): boolean {
  return required.every((name) => name === ALL_SERVERS || states.some((state) => state.name === name));
}

function requiredOf(
  required: readonly string[],
  states: readonly ServerState[],
  given: readonly GivenServer[],
): readonly string[] {
  const named = required.filter((name) => name !== ALL_SERVERS);
  if (named.length === required.length) return named;
  const there = states.filter(({ name, status }) => !isConnector(name) && status !== 'disabled');
  const ignored = given.filter(({ by, name }) => by === MCP_CONFIG && !states.some((state) => state.name === name));
  return [...new Set([...named, ...there.map(({ name }) => name), ...ignored.map(({ name }) => name)])];
}

function isAsked(required: readonly string[], name: string): boolean {
  return required.includes(name) || (required.includes(ALL_SERVERS) && !isConnector(name));
}

function reasonOf(
  name: string,
  state: ServerState | undefined,
  states: readonly ServerState[],
  given: readonly GivenServer[],
): string {
  if (state === undefined) {
    const flaw = given.find((server) => server.name === name)?.flaw ?? null;
    if (flaw !== null) return `was ignored: ${flaw}`;
    const names = states.map((one) => one.name);
    return `is not there; ${names.length === 0 ? 'claude has none' : `claude has ${names.join(', ')}`}`;
  }
  const told = state.error?.trim() ?? '';
  return `${STATES[state.status] ?? `is ${state.status}`}${told === '' ? '' : `: ${told}`}`;
}

const STATES: Readonly<Record<string, string>> = {
  failed: 'did not start',
  pending: 'was still starting',
  'needs-auth': 'wants a login',
  disabled: "is disabled in claude's settings",
};
