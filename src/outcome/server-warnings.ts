import { type NameOption, ownName } from '../errors.ts';
import type { MessageOf } from '../messages/types.ts';

/** An MCP server, as claude tells of it. */
export interface ServerState {
  readonly name: string;
  /** `connected`, `failed`, `pending`, `needs-auth` or `disabled` (2.1.197, 2.1.332). */
  readonly status: string;
  readonly error?: string | undefined;
}

/** An MCP server that the run is given. */
export interface GivenServer {
  readonly name: string;
  /** The option or the file that it stands in. */
  readonly by: string;
  /** Why claude can't use what stands there, where that is plain. */
  readonly flaw: string | null;
  /** Whether it stands there more than once. */
  readonly isRepeated: boolean;
}

/** What is known of a run's MCP servers beside what claude's first message tells. */
export interface ServerEvidence {
  /** What claude said of them last; null where it was not asked. */
  readonly heard: readonly ServerState[] | null;
  readonly given: readonly GivenServer[];
}

type Init = Pick<MessageOf<'system', 'init'>, 'mcp_servers' | 'mcp_server_errors'>;

/** A line for each MCP server that the run had to do without, with the reason where there is one. */
export function serverWarnings(
  init: Init,
  { heard, given }: ServerEvidence,
  nameOption: NameOption = ownName,
): string[] {
  const called = (by: string): string => (by === MCP_CONFIG ? nameOption(MCP_CONFIG) : by);
  const states = heard ?? init.mcp_servers ?? [];
  const names = states.map(({ name }) => name);
  const complaints = complaintsOf(init.mcp_server_errors);
  return [
    ...states.flatMap((state) => describe(state, given, called)),
    ...given
      .filter(({ name }) => !names.includes(name))
      .flatMap(({ name, by, flaw }) => {
        const reason = flaw ?? complaints.get(name) ?? null;
        // A file may be one that claude was not to read.
        if (reason === null && by !== MCP_CONFIG) return [];
        return `MCP server ${name} of ${called(by)} was ignored${reason === null ? '; claude does not say why' : `: ${reason}`}`;
      }),
    ...[...complaints]
      .filter(([name]) => given.every((server) => server.name !== name))
      .map(([name, reason]) => `MCP server ${name} was ignored: ${reason}`),
    ...given
      .filter(({ isRepeated }) => isRepeated)
      .map(({ name, by }) => `MCP server ${name} is in ${called(by)} more than once; the last one counts`),
  ];
}

/** Whether there is something about a server that may have a reason, or change. */
export function isTroubled({ name, status }: ServerState): boolean {
  return !isConnector(name) && status !== 'connected' && status !== 'disabled';
}

/** The one option that gives servers, by its name. */
export const MCP_CONFIG = 'mcpConfig';

/** Whether a server is of the user's claude.ai account: nobody asked for it here. */
export function isConnector(name: string): boolean {
  return name.startsWith('claude.ai ');
}

function describe(
  { name, status, error = '' }: ServerState,
  given: readonly GivenServer[],
  called: (by: string) => string,
): string[] {
  if (isConnector(name)) return [];
  const reason = error.trim() === '' ? '' : `: ${error.trim()}`;
  switch (status) {
    case 'connected':
      return [];
    case 'failed':
      return [`MCP server ${name} not started${reason}`];
    case 'pending':
      return [`MCP server ${name} was still starting; the run went on without it`];
    case 'needs-auth':
      return [`MCP server ${name} wants a login; give it one in claude, with /mcp`];
    case 'disabled':
      return given.some((server) => server.name === name && server.by === MCP_CONFIG)
        ? [`MCP server ${name} of ${called(MCP_CONFIG)} is disabled in claude's settings`]
        : [];
    default:
      return [`MCP server ${name}: ${status}${reason}`];
  }
}

/** What 2.1.332 says of servers that it skipped, by name. */
function complaintsOf(errors: unknown): ReadonlyMap<string, string> {
  const complaints = new Map<string, string>();
  for (const error of Array.isArray(errors) ? errors : []) {
    const { name, message }: { name?: unknown; message?: unknown } = Object(error);
    if (typeof name === 'string' && typeof message === 'string') {
      complaints.set(name, message.replace(/^Skipped \u2014 /, ''));
    }
  }
  return complaints;
}
