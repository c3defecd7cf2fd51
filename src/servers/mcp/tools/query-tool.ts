import { isInputRequiredResult, type McpServer } from '@modelcontextprotocol/server';
import { QUERY_REQUEST } from '../../../request/query-schema.ts';
import { cancellationSignal } from '../incoming/cancellation-signal.ts';
import { advertise, advertiseJson } from './advertise.ts';
import { callerOf } from '../incoming/caller-of.ts';
import { describePolicy } from './describe-policy.ts';
import { failureOfThrown, failureResult } from '../result/failure.ts';
import type { McpFace } from '../face.ts';
import type { LogLevelOf } from '../progress/log-level.ts';
import { clientOf } from '../approvals/approval-form.ts';
import { elicitByEnding, isElicitedByEnding } from '../approvals/elicit-by-ending.ts';
import { elicitApproval } from '../approvals/elicit-approval.ts';
import { MESSAGES_TOOL, QUERY_TOOL } from './names.ts';
import { tellProgress } from '../progress/progress.ts';
import { answerResult } from '../result/result.ts';
import { answerSchema } from './result-schemas.ts';
import { resultSizeMeta } from './tool-meta.ts';

/** Offers `claude_query`: one run of Claude Code, told as it goes on. */
export function offerQuery(server: McpServer, face: McpFace, logLevel: LogLevelOf): void {
  const { queries, caller, maxResult, policy, redact } = face;
  const mayAsk = policy === null || policy.askTools !== undefined;
  server.registerTool(
    QUERY_TOOL,
    {
      title: 'Ask Claude Code',
      description: `${DESCRIPTION}\n\nThis server allows: ${redact(policy === null ? ELSEWHERE : describePolicy(policy))}`,
      inputSchema: advertiseJson(QUERY_REQUEST),
      outputSchema: advertise(answerSchema),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
      _meta: resultSizeMeta(maxResult),
    },
    async (request, ctx) => {
      const progress = tellProgress(ctx, face, logLevel);
      try {
        const signal = cancellationSignal(ctx.mcpReq.signal);
        const who = callerOf(caller, server, ctx);
        if (mayAsk && isElicitedByEnding(ctx)) {
          const come = await elicitByEnding(face.parked, ctx, request, who, progress.follower, signal);
          return isInputRequiredResult(come) ? come : answerResult(come, maxResult);
        }
        const approve = elicitApproval(server, ctx, clientOf(who));
        const answer = await queries.ask(request, who, { ...progress.follower, approve }, signal);
        return answerResult(answer, maxResult);
      } catch (error) {
        return failureResult(failureOfThrown(error, face));
      } finally {
        await progress.finish();
      }
    },
  );
}

/** Where a gateway carries out what is asked. */
const ELSEWHERE = 'what its operator says; a request for more is refused, and says what is allowed.';

const DESCRIPTION = `\
Has Claude Code, a coding agent, carry out a task in a folder of the machine that this server is on: explore and explain \
code, find the cause of a failure, review, plan and, where that is allowed, edit files and run commands. Use it for what \
takes many steps of reading and searching there. It works by itself for seconds to minutes and asks nothing back, so put \
all that it has to know into prompt: the aim, the files, what to report and how.

Returns JSON. result.summary is the answer (result.structured with jsonSchema). result.success false means that the run \
ended early, at a limit for example: outcome.class and outcome.message say why, and result.summary holds what there was. \
messages are the last messages of the run. Where truncation.next is not null, it is the call of ${MESSAGES_TOOL} that \
reads what was left out. To go on with the same session, for a follow-up or after a limit, pass sessionId of the result. \
An error says in error_code and message what was wrong, and in details.retryable whether to try again.`;
