import * as z from 'zod';

/**
 * The wire of `claude -p --output-format stream-json`: one schema a message type, named after `type` and
 * (for `system`) `subtype`. A schema states what sluice relies on and what a reader is glad to have typed; it is
 * used to recognise a message, never to rebuild it, so fields that it does not name reach every sink untouched.
 * Where a field differs between versions of claude it is optional. Sources: streams printed by claude 1.0.128,
 * 2.0.76, 2.1.197 and 2.1.329, and the `SDKMessage` union of the Agent SDK 0.3.329.
 */

const number = z.number();
const string = z.string();
const boolean = z.boolean();
const strings = z.array(string);

/** One block of a message's content. Its `type` says which of the other fields it has (Messages API). */
export const contentBlock = z.object({
  type: string,
  text: string.optional(),
  thinking: string.optional(),
  id: string.optional(),
  name: string.optional(),
  input: z.unknown().optional(),
  tool_use_id: string.optional(),
  content: z.unknown().optional(),
  is_error: boolean.optional(),
});

/** Token counts. */
export const usage = z.object({
  input_tokens: number,
  output_tokens: number,
  cache_creation_input_tokens: number.nullish(),
  cache_read_input_tokens: number.nullish(),
});

const stamped = { uuid: string.optional(), session_id: string.optional() };
const nested = { parent_tool_use_id: string.nullish() };
const origin = z.object({ kind: string });

const assistant = z.object({
  type: z.literal('assistant'),
  message: z.object({
    id: string,
    model: string,
    content: z.array(contentBlock),
    stop_reason: string.nullish(),
    usage: usage.optional(),
  }),
  error: string.optional(),
  api_error_status: number.nullish(),
  aborted: boolean.optional(),
  supersedes: strings.optional(),
  ...nested,
  ...stamped,
});

const user = z.object({
  type: z.literal('user'),
  message: z.object({ role: string, content: z.union([string, z.array(contentBlock)]) }),
  tool_use_result: z.unknown().optional(),
  isReplay: boolean.optional(),
  isSynthetic: boolean.optional(),
  origin: origin.optional(),
  ...nested,
  ...stamped,
});

/** A raw event of the Messages API's own stream; claude passes it on with `--include-partial-messages`. */
const streamEvent = z.object({
  type: z.literal('stream_event'),
  event: z.object({
    type: string,
    index: number.optional(),
    message: z.object({ id: string }).optional(),
    content_block: contentBlock.optional(),
    delta: z
      .object({
        type: string.optional(),
        text: string.optional(),
        partial_json: string.optional(),
        thinking: string.optional(),
        stop_reason: string.nullish(),
      })
      .optional(),
  }),
  ...nested,
  ...stamped,
});

/** How a turn ended. `subtype` stays an open string: a result of a new kind must still count as a result. */
export const resultSchema = z.object({
  type: z.literal('result'),
  subtype: string,
  is_error: boolean,
  num_turns: number.optional(),
  duration_ms: number.optional(),
  duration_api_ms: number.optional(),
  result: string.optional(),
  errors: strings.optional(),
  api_error_status: number.nullish(),
  terminal_reason: string.optional(),
  stop_reason: string.nullish(),
  total_cost_usd: number.optional(),
  usage: usage.optional(),
  modelUsage: z.record(string, z.unknown()).optional(),
  permission_denials: z
    .array(z.object({ tool_name: string, tool_use_id: string, tool_input: z.record(string, z.unknown()) }))
    .optional(),
  structured_output: z.unknown().optional(),
  startup_failure_reason: string.optional(),
  local_command: string.optional(),
  origin: origin.optional(),
  ...stamped,
});

const rateLimitEvent = z.object({
  type: z.literal('rate_limit_event'),
  rate_limit_info: z.object({
    status: string,
    /** Epoch seconds. */
    resetsAt: number.optional(),
    rateLimitType: string.optional(),
    utilization: number.optional(),
  }),
  ...stamped,
});

const toolProgress = z.object({
  type: z.literal('tool_progress'),
  tool_use_id: string,
  tool_name: string,
  elapsed_time_seconds: number,
  ...nested,
  ...stamped,
});

const toolUseSummary = z.object({
  type: z.literal('tool_use_summary'),
  summary: string,
  preceding_tool_use_ids: strings.optional(),
  ...stamped,
});

const authStatus = z.object({
  type: z.literal('auth_status'),
  isAuthenticating: boolean,
  output: strings,
  error: string.optional(),
  ...stamped,
});

const promptSuggestion = z.object({ type: z.literal('prompt_suggestion'), suggestion: string, ...stamped });

const conversationReset = z.object({
  type: z.literal('conversation_reset'),
  new_conversation_id: string,
  trigger: string.optional(),
  ...stamped,
});

const commandLifecycle = z.object({ type: z.literal('command_lifecycle'), ...stamped });
const keepAlive = z.object({ type: z.literal('keep_alive') });

/** Claude asks its host something (a permission, a hook); unanswered, it waits for ever. */
const controlRequest = z.object({
  type: z.literal('control_request'),
  request_id: string,
  request: z.object({
    subtype: string,
    tool_name: string.optional(),
    tool_use_id: string.optional(),
    input: z.record(string, z.unknown()).optional(),
    decision_reason: string.optional(),
  }),
});

const controlResponse = z.object({
  type: z.literal('control_response'),
  response: z.object({
    subtype: string,
    request_id: string,
    error: string.optional(),
    response: z.unknown().optional(),
  }),
});

const controlCancelRequest = z.object({ type: z.literal('control_cancel_request'), request_id: string });

function system<const Subtype extends string, Shape extends z.ZodRawShape>(subtype: Subtype, shape: Shape) {
  return z.object({ type: z.literal('system'), subtype: z.literal(subtype), ...shape, ...stamped });
}

const hook = { hook_id: string, hook_name: string, hook_event: string };
const hookOutput = { stdout: string, stderr: string, output: string };
const refused = {
  original_model: string,
  content: string,
  request_id: string.nullish(),
  api_refusal_category: string.nullish(),
  api_refusal_explanation: string.nullish(),
};

const init = system('init', {
  cwd: string,
  model: string,
  tools: strings,
  permissionMode: string,
  apiKeySource: string.optional(),
  claude_code_version: string.optional(),
  mcp_servers: z.array(z.object({ name: string, status: string })).optional(),
  slash_commands: strings.optional(),
  agents: z.unknown().optional(),
  mcp_server_errors: z.unknown().optional(),
});

const status = system('status', {
  status: string.nullable(),
  compact_result: string.optional(),
  compact_error: string.optional(),
});

/** Claude retries an API call by itself; the delay is a float in milliseconds on 2.1.197. */
const apiRetry = system('api_retry', {
  attempt: number,
  max_retries: number,
  retry_delay_ms: number,
  error_status: number.nullable(),
  error: string,
});

const taskStarted = system('task_started', {
  task_id: string,
  description: string,
  tool_use_id: string.optional(),
  task_type: string.optional(),
  /** From 2.1.329 on; a tool that claude waits for is a task too, once it takes a few seconds. */
  is_backgrounded: boolean.optional(),
  subagent_type: string.optional(),
  prompt: string.optional(),
});

const taskProgress = system('task_progress', {
  task_id: string,
  description: string,
  tool_use_id: string.optional(),
  last_tool_name: string.optional(),
  summary: string.optional(),
});

const taskUpdated = system('task_updated', {
  task_id: string,
  patch: z.object({ status: string.optional(), error: string.optional() }),
});

const taskNotification = system('task_notification', {
  task_id: string,
  status: string,
  summary: string,
  tool_use_id: string.optional(),
  output_file: string.optional(),
});

/** Every message type that sluice names, in the order in which the README lists them. */
export const SCHEMAS = [
  init,
  assistant,
  user,
  streamEvent,
  resultSchema,
  rateLimitEvent,
  toolProgress,
  toolUseSummary,
  authStatus,
  promptSuggestion,
  conversationReset,
  commandLifecycle,
  keepAlive,
  controlRequest,
  controlResponse,
  controlCancelRequest,
  status,
  apiRetry,
  system('model_fallback', {
    original_model: string,
    fallback_model: string,
    content: string,
    trigger: string.optional(),
  }),
  system('model_refusal_fallback', { ...refused, fallback_model: string, retracted_message_uuids: strings.optional() }),
  system('model_refusal_no_fallback', refused),
  system('compact_boundary', { compact_metadata: z.object({ trigger: string, pre_tokens: number }) }),
  system('permission_denied', { tool_name: string, tool_use_id: string, message: string }),
  system('hook_started', hook),
  system('hook_progress', { ...hook, ...hookOutput }),
  system('hook_response', { ...hook, ...hookOutput, outcome: string.optional(), exit_code: number.optional() }),
  taskStarted,
  taskProgress,
  taskUpdated,
  taskNotification,
  system('background_tasks_changed', {
    tasks: z.array(z.object({ task_id: string, description: string, task_type: string.optional() })),
  }),
  system('thinking_tokens', { estimated_tokens: number, estimated_tokens_delta: number }),
  system('session_state_changed', { state: string }),
  system('notification', { key: string, text: string, priority: string }),
  system('informational', { content: string, level: string, prevent_continuation: boolean.optional() }),
  system('local_command_output', { content: string }),
  system('plugin_install', { status: string, name: string.optional(), error: string.optional() }),
  system('control_request_progress', { request_id: string, status: string }),
  system('worker_shutting_down', { reason: string }),
  system('commands_changed', { commands: z.array(z.unknown()) }),
  system('files_persisted', { files: z.array(z.unknown()), failed: z.array(z.unknown()) }),
  system('memory_recall', { mode: string, memories: z.array(z.unknown()) }),
  system('elicitation_complete', { mcp_server_name: string, elicitation_id: string }),
  system('mirror_error', { error: string }),
  system('session_writes_lost', { error_code: string, lost: strings }),
  system('ui_invalidate', {}),
] as const;
