import { isRecord } from '../is-record.ts';
import { isConnecting, missingServers } from '../outcome/required-servers.ts';
import { agentProblem, type Asked } from '../outcome/unmet.ts';
import type { Wording } from '../errors.ts';
import type { Objection, HandshakeCheck } from './handshake.ts';
import { statesIn } from './server-watch.ts';

/**
 * What claude has to be asked before the prompt goes out: nothing, as a rule, since it costs time.
 * @param introduction what it is told of its session at the same time
 */
export function handshakeChecks({ agent, requireMcp }: Asked, introduction: object): HandshakeCheck[] {
  return [
    ...(agent === undefined ? [] : [aboutAgent(agent, introduction)]),
    ...(requireMcp === undefined || requireMcp.length === 0 ? [] : [aboutServers(requireMcp)]),
  ];
}

function aboutAgent(agent: string, introduction: object): HandshakeCheck {
  return {
    request: { subtype: 'initialize', ...introduction },
    objection: (answer) => objectionOf('unmet', agentProblem(agent, namesOfAgents(answer))),
  };
}

function aboutServers(required: readonly string[]): HandshakeCheck {
  return {
    request: { subtype: 'mcp_status' },
    isOpen: (answer) => isConnecting(required, statesIn(answer) ?? []),
    objection: (answer) => objectionOf('server_missing', missingServers(required, statesIn(answer) ?? [])),
  };
}

function objectionOf(reason: Objection['reason'], detail: Wording | null): Objection | null {
  return detail === null ? null : { reason, detail };
}

/** Null where it tells nothing of agents, as before 2.1. */
function namesOfAgents(answer: unknown): readonly unknown[] | null {
  const agents: unknown = isRecord(answer) ? answer['agents'] : null;
  return Array.isArray(agents) ? agents.map((agent: unknown) => (isRecord(agent) ? agent['name'] : agent)) : null;
}
