import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { Approver } from '../../../run.ts';
import { LONGEST_DELAY_MS } from '../../../limits.ts';

/** Characters of a call that a client can be expected to show; a longer one is denied. */
const MOST_SHOWN = 20_000;

/**
 * Asks the user of a client about calls of tools, where it can: clients of 2025-11-25 and before that declared elicitation.
 * In later revisions a server asks by ending the call, which a run that goes on can't. Undefined where nobody can be asked.
 */
export function elicitApproval(server: McpServer, { mcpReq }: ServerContext, client: string): Approver | undefined {
  if (server.server.getClientCapabilities()?.elicitation === undefined) return undefined;
  return async ({ shown, digest }, signal) => {
    if (shown.length > MOST_SHOWN) return { behavior: 'deny', message: 'the call is too long to be shown to anybody' };
    const { action, content } = await mcpReq.elicitInput(
      {
        mode: 'form',
        message: `Claude asks to use ${shown}\n\n${digest}`,
        requestedSchema: {
          type: 'object',
          properties: { allow: { type: 'boolean', title: 'Allow this call', default: false } },
          required: ['allow'],
        },
      },
      { signal, timeout: LONGEST_DELAY_MS },
    );
    return action === 'accept' && content?.['allow'] === true
      ? { behavior: 'allow', by: client }
      : { behavior: 'deny', message: 'the user said no', by: client };
  };
}
