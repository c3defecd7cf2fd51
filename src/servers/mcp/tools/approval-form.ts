import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import type { Decision, ToolCall } from '../../../run.ts';

/** Characters of a call that a client can be expected to show; a longer one is denied. */
const MOST_SHOWN = 20_000;

/** Why nobody is asked about a call; null where somebody can be. */
export function unshowable({ shown }: ToolCall): Decision | null {
  if (shown.length <= MOST_SHOWN) return null;
  return { behavior: 'deny', message: 'the call is too long to be shown to anybody' };
}

/** What a client shows its user of a call of a tool. */
export function approvalForm({ shown, digest }: ToolCall): ElicitRequestFormParams {
  return {
    mode: 'form',
    message: `Claude asks to use ${shown}\n\n${digest}`,
    requestedSchema: {
      type: 'object',
      properties: { allow: { type: 'boolean', title: 'Allow this call', default: false } },
      required: ['allow'],
    },
  };
}

/** The decision in a form that came back. @param client who answers */
export function decisionOf(
  { action, content }: { readonly action: string; readonly content?: Readonly<Record<string, unknown>> | undefined },
  client: string,
): Decision {
  return action === 'accept' && content?.['allow'] === true
    ? { behavior: 'allow', by: client }
    : { behavior: 'deny', message: 'the user said no', by: client };
}
