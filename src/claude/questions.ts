import { isRecord } from '../is-record.ts';
import { agentProblem, type Asked } from '../outcome/unmet.ts';
import type { Question } from './handshake.ts';

/** What claude has to be asked before the prompt goes out: nothing, as a rule, since it costs time. */
export function questionsFor({ agent }: Asked, agents: unknown): Question[] {
  if (agent === undefined) return [];
  return [
    {
      request: { subtype: 'initialize', ...(agents === undefined ? {} : { agents }) },
      objection: (answer) => agentProblem(agent, namesOfAgents(answer)),
    },
  ];
}

/** Null where it tells nothing of agents, as before 2.1. */
function namesOfAgents(answer: unknown): readonly unknown[] | null {
  const agents: unknown = isRecord(answer) ? answer['agents'] : null;
  return Array.isArray(agents) ? agents.map((agent: unknown) => (isRecord(agent) ? agent['name'] : agent)) : null;
}
