import {
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Caller } from '../../caller.ts';
import type { Answer, Follower } from '../../queries.ts';
import { envelopeOf } from '../incoming/envelope.ts';
import { approvalForm, clientOf, decisionOf } from './approval-form.ts';
import type { ParkedQueries, Step } from './parked-queries.ts';

/** Whether a client's user is asked by ending the call, which the client makes again: in MCP 2026-07-28, with elicitation. */
export function isElicitedByEnding(ctx: ServerContext): boolean {
  return envelopeOf(ctx).elicits === true;
}

/**
 * Carries out a query, or goes on with the one that the call brings answers for. Gives what ends the call: the answer, or
 * what is to be asked first.
 */
export async function elicitByEnding(
  parked: ParkedQueries,
  { mcpReq }: ServerContext,
  request: unknown,
  caller: Caller,
  follower: Follower,
  signal: AbortSignal,
): Promise<Answer | InputRequiredResult> {
  const state = mcpReq.requestState<string>();
  const call = [request, caller, follower, signal] as const;
  const step = state === undefined ? await parked.ask(...call) : await parked.goOn(state, decide, ...call);
  const client = clientOf(caller);
  return step.kind === 'answered' ? step.answer : asking(step, client);

  function decide(approvalId: string) {
    const response = inputResponse(mcpReq.inputResponses, approvalId);
    return response.kind === 'elicit' ? decisionOf(response, clientOf(caller)) : undefined;
  }
}

function asking({ state, approvals }: Extract<Step, { kind: 'asked' }>, client: string): InputRequiredResult {
  const requests = [...approvals].map(([id, call]) => [id, inputRequired.elicit(approvalForm(call, client))]);
  return inputRequired({ inputRequests: Object.fromEntries(requests), requestState: state });
}
