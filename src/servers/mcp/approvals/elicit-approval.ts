import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { Approver } from '../../../run.ts';
import { LONGEST_DELAY_MS } from '../../../limits.ts';
import { approvalForm, decisionOf, unshowable } from './approval-form.ts';

/**
 * Asks the user of a client about calls of tools, where it can: clients of 2025-11-25 and before that declared elicitation.
 * Those of later revisions are asked by `elicitByEnding`. Undefined where nobody can be asked.
 */
export function elicitApproval(server: McpServer, { mcpReq }: ServerContext, client: string): Approver | undefined {
  if (server.server.getClientCapabilities()?.elicitation === undefined) return undefined;
  return async (call, signal) => {
    const refused = unshowable(call, client);
    if (refused !== null) return refused;
    const answer = await mcpReq.elicitInput(approvalForm(call, client), { signal, timeout: LONGEST_DELAY_MS });
    return decisionOf(answer, client);
  };
}
