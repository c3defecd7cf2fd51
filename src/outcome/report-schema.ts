import * as z from 'zod';
import { OUTCOME_CLASSES } from './classes.ts';

/** A count. */
export const count = z.int().min(0);

const outcome = z.object({
  class: z.enum(OUTCOME_CLASSES).describe('how the run ended, in one word'),
  exitCode: z.int().describe('what sluice exits with'),
  retryable: z.boolean().describe('whether running it again later can help'),
  retryAfter: z.number().optional().describe('seconds to wait first, where claude or the API said so'),
  message: z.string().describe('one line for people'),
  warnings: z.array(z.string()).describe('what went wrong without changing the class'),
  evidence: z.object({
    exitCode: z.int().nullable().describe("claude's own exit code"),
    signal: z.string().nullable(),
    resultSubtype: z.string().nullable(),
    isError: z.boolean().nullable(),
    apiErrorStatus: z.number().nullable(),
    apiError: z.string().nullable(),
    terminalReason: z.string().nullable(),
    results: count.describe('result messages seen'),
    tornTail: z.boolean().describe("whether claude's output ended in the middle of a line"),
    stoppedBy: z.string().nullable().describe('what made sluice stop the run early'),
  }),
});

/** One retry: of an API call by claude, or of the whole run by sluice. */
export const attemptSchema = z.object({
  // Recordings from before sluice started runs again do not say; they hold claude's alone.
  by: z.enum(['claude', 'sluice']).default('claude').describe('whose retry: of one API call, or of the whole run'),
  attempt: z.number().describe('counts from 1, within one API call or within the run'),
  maxRetries: z.number(),
  delayMs: z.number().describe('milliseconds of wait before it'),
  status: z.number().nullable().describe('HTTP status; null when the API could not be reached, or told none'),
  error: z.string().describe("claude's code for the failure, or the class of the run that failed"),
});

const approvalSchema = z.object({
  id: z.string().describe('the call of the tool, or else the request'),
  tool: z.string(),
  digest: z.string().describe('of the tool and what it was to be given'),
  decision: z.enum(['allowed', 'denied']),
  because: z
    .enum(['answered', 'timeout', 'withdrawn', 'failed'])
    .describe('an answer, none in time, the end of the run, or nobody could be asked'),
  by: z.string().nullable().describe('who answered, where that is known'),
  waitedMs: count,
});

const redactionCounts = { total: count, byKind: z.record(z.string(), count) };

/** What a run was, apart from its messages: what every sink is told at the end. */
export const reportShape = {
  schemaVersion: z.literal(1),
  runId: z.string().describe('names this run of sluice; a UUID'),
  sessionId: z.string().nullable().describe("claude's session id, to resume with"),
  startedAt: z.string().describe('ISO 8601, UTC'),
  executionTime: z.number().min(0).describe('milliseconds from start to end'),
  partial: z.boolean().describe('whether the run was cut short'),
  result: z.object({
    success: z.boolean(),
    summary: z.string().describe('the final text, or what there was of it'),
    structured: z.unknown().optional().describe('the structured output, where a JSON Schema asks for it'),
    error: z.string().optional().describe('what went wrong; absent on success'),
  }),
  outcome,
  redactions: z.object({
    ...redactionCounts,
    input: z.object(redactionCounts).optional().describe('what was masked before the model saw it; not in a replay'),
  }),
  condensed: z
    .object({
      lines: count.describe('lines that there were'),
      kept: count.describe('lines that are left'),
      characters: count.describe('characters that are left, with what is said of the rest'),
    })
    .optional()
    .describe('what became of piped or attached text that was too long; absent where none was'),
  cached: z
    .object({
      at: z.string().describe('when it was kept, ISO 8601, UTC'),
      runId: z.string().describe('the run that asked'),
    })
    .optional()
    .describe('the answer is that of an earlier run, at no cost; absent where claude was asked'),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      cacheReadInputTokens: z.number(),
      cacheCreationInputTokens: z.number(),
    })
    .describe('tokens of the whole run'),
  totalCostUsd: z.number().nullable().describe("claude's own estimate"),
  numTurns: z.number().nullable(),
  modelUsage: z.record(z.string(), z.unknown()).describe('by model, as claude reports it'),
  tools: z.array(z.object({ name: z.string(), calls: count, errors: count })),
  permissionDenials: z.array(
    z.object({ tool_name: z.string(), tool_use_id: z.string(), tool_input: z.record(z.string(), z.unknown()) }),
  ),
  approvals: z
    .array(approvalSchema)
    .optional()
    .describe('what was asked of people about calls of tools, and what they said; absent where nothing was'),
  claude: z.object({
    version: z.string().nullable(),
    path: z.string().nullable(),
    model: z.string().nullable(),
    cwd: z.string().nullable(),
    permissionMode: z.string().nullable(),
    apiKeySource: z.string().nullable(),
    // Recordings from before they were looked at do not say; neither do systems other than Linux.
    cpuMs: count
      .nullable()
      .default(null)
      .describe('processor time of it and of the children it waited for, in milliseconds'),
    peakMemoryBytes: count
      .nullable()
      .default(null)
      .describe('the most memory that it took itself (its largest resident set); null where that cannot be told'),
    withheld: z
      .array(z.string())
      .optional()
      .describe('the variables that tools did without, by name; absent unless that was asked for (scrubToolEnv)'),
    exit: z.object({ code: z.int().nullable(), signal: z.string().nullable() }),
    stderr: z.string().describe('the last of what claude printed there'),
  }),
  attempts: z.array(attemptSchema).describe("the retries, claude's own and those of the whole run, in order"),
};

/** Everything about a finished run but its messages. */
export const reportSchema = z.object(reportShape);
export type Report = z.infer<typeof reportSchema>;
