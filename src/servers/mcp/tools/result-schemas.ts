import * as z from 'zod';
import { bundleSchema } from '../../../outcome/bundle.ts';
import { count } from '../../../outcome/report-schema.ts';
import { MESSAGES_TOOL, QUERY_TOOL } from './names.ts';

const { truncation, messages } = bundleSchema.shape;

/** What `claude_query` returns: the bundle, and what was left out of it for the size of the result. */
export const answerSchema = bundleSchema.extend({
  truncation: truncation.extend({
    limits: truncation.shape.limits.extend({ maxResult: count.describe('characters of this document') }),
    leftOut: z.array(z.string()).optional().describe('lists that were emptied to save the result; absent as a rule'),
    next: z
      .object({ tool: z.literal(MESSAGES_TOOL), arguments: z.object({ runId: z.string(), from: z.int().min(1) }) })
      .nullable()
      .describe('the call that gets what is missing here; null when nothing is'),
  }),
});

/** What may be asked of `claude_query_messages`. Each description is read by the model that calls the tool. */
export const pageRequestSchema = z.strictObject({
  runId: z.uuid().describe(`The run: runId of the result of ${QUERY_TOOL}.`),
  from: z.int().min(1).default(1).describe('Sequence of the first message wanted; they count from 1.'),
  limit: z.int().min(1).max(500).default(50).describe('How many messages at most.'),
});

/** What `claude_query_messages` returns. */
export const pageSchema = z.object({
  runId: z.string(),
  sessionId: z.string().nullable(),
  messages: messages.describe('in order; one that is too large for a result is clipped'),
  total: count.describe('messages of the run'),
  returned: count,
  clippedStrings: count.describe('strings that were clipped for the size of this result'),
  next: z.int().min(1).nullable().describe('pass it as from to go on; null at the end'),
});
