import * as z from 'zod';

import { PERMISSION_MODES } from '../request/fields/permissions.ts';

/** What a caller may ask for. Each description is read by the model that calls the tool. */
export const queryRequestSchema = z.strictObject({
  prompt: z
    .string()
    .min(1)
    .describe('What Claude Code should do, in plain words. It sees nothing of this conversation.'),
  cwd: z
    .string()
    .min(1)
    .optional()
    .describe('Absolute path of the folder to work in; default: the first allowed root.'),
  sessionId: z
    .uuid()
    .optional()
    .describe('Go on with an earlier session: the sessionId of its result. It remembers what it read and did.'),
  model: z.string().min(1).optional().describe('Model, by alias (sonnet, opus, haiku) or full name.'),
  maxTurns: z.int().min(1).optional().describe('Stop after that many turns of the agent.'),
  maxBudgetUsd: z.number().positive().optional().describe('Stop when that many dollars are spent.'),
  appendSystemPrompt: z.string().optional().describe('Text added to the system prompt.'),
  permissionMode: z.enum(PERMISSION_MODES).optional().describe('How tools are permitted; plan changes nothing.'),
  allowedTools: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Tools that may run, such as Read or Bash(git log:*), out of those the server allows; default: all of those.',
    ),
  disallowedTools: z.array(z.string().min(1)).optional().describe('Tools that must not run.'),
  timeoutMs: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe('End the run after that many milliseconds; what was there by then is kept.'),
  maxMessages: z.int().min(0).max(10_000).default(100).describe('How many of the last messages to return.'),
  includeSystemMessages: z.boolean().default(true).describe('Whether messages of type system are among them.'),
  jsonSchema: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('JSON Schema that the answer must meet; the answer is in result.structured then.'),
});

/** The field of a request that sets an option of a run; undefined for one that is the operator's alone. */
export function fieldOf(option: string): string | undefined {
  const field = option === 'timeout' ? 'timeoutMs' : option;
  return Object.hasOwn(queryRequestSchema.shape, field) ? field : undefined;
}

export type QueryRequest = z.output<typeof queryRequestSchema>;
