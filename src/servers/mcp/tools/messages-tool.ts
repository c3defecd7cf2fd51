import type { McpServer } from '@modelcontextprotocol/server';
import { advertise } from './advertise.ts';
import { callerOf } from '../incoming/caller-of.ts';
import { failureOfThrown, failureResult } from '../result/failure.ts';
import type { McpFace } from '../face.ts';
import { MESSAGES_TOOL, QUERY_TOOL } from './names.ts';
import { readFields } from '../../validation/read-fields.ts';
import { pageResult } from '../result/result.ts';
import { pageRequestSchema, pageSchema } from './result-schemas.ts';
import { resultSizeMeta } from './tool-meta.ts';

/** Offers `claude_query_messages`: the messages of a finished run, page by page. */
export function offerMessages(server: McpServer, face: McpFace): void {
  const { queries, caller, maxResult } = face;
  server.registerTool(
    MESSAGES_TOOL,
    {
      title: 'Read the messages of a Claude Code run',
      description: DESCRIPTION,
      inputSchema: advertise(pageRequestSchema),
      outputSchema: advertise(pageSchema),
      annotations: { readOnlyHint: true, openWorldHint: false },
      _meta: resultSizeMeta(maxResult),
    },
    async (request, ctx) => {
      try {
        const { runId, from, limit } = readFields(pageRequestSchema, request);
        return pageResult(await queries.page(runId, callerOf(caller, server, ctx), from, limit), maxResult);
      } catch (error) {
        return failureResult(failureOfThrown(error, face));
      }
    },
  );
}

const DESCRIPTION = `\
Reads the messages of a finished run of ${QUERY_TOOL}, oldest first: every tool call with its input and output, and every \
text of the agent. Use it when the result of ${QUERY_TOOL} says in truncation.next that something was left out and you \
need it, or to see how an answer came about. Returns JSON: messages, the total of the run, and next; while next is not \
null, call again with from set to it. Only runs that you started are found, and only for a while after they ended.`;
