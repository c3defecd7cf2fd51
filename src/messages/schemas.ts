import * as z from 'zod/mini';

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
  text: z.optional(string),
  thinking: z.optional(string),
  id: z.optional(string),
  name: z.optional(string),
  input: z.optional(z.unknown()),
  tool_use_id: z.optional(string),
  content: z.optional(z.unknown()),
  is_error: z.optional(boolean),
});

/** Token counts. */
export const usage = z.object({
  input_tokens: number,
  output_tokens: number,
  cache_creation_input_tokens: z.nullish(number),
  cache_read_input_tokens: z.nullish(number),
});

const stamped = { uuid: z.optional(string), session_id: z.optional(string) };
const nested = { parent_tool_use_id: z.nullish(string) };
const origin = z.object({ kind: string });

const assistant = z.object({
  type: z.literal('assistant'),
  message: z.object({
    id: string,
    model: string,
    content: z.array(contentBlock),
    stop_reason: z.nullish(string),
    usage: z.optional(usage),
  }),
  error: z.optional(string),
  api_error_status: z.nullish(number),
  aborted: z.optional(boolean),
  supersedes: z.optional(strings),
  ...nested,
  ...stamped,
});

const user = z.object({
  type: z.literal('user'),
  message: z.object({ role: string, content: z.union([string, z.array(contentBlock)]) }),
  tool_use_result: z.optional(z.unknown()),
  isReplay: z.optional(boolean),
  isSynthetic: z.optional(boolean),
  origin: z.optional(origin),
  ...nested,
  ...stamped,
});

/** A raw event of the Messages API's own stream; claude passes it on with `--include-partial-messages`. */
const streamEvent = z.object({
  type: z.literal('stream_event'),
  event: z.object({
    type: string,
    index: z.optional(number),
    message: z.optional(z.object({ id: string })),
    content_block: z.optional(contentBlock),
    delta: z.optional(
      z.object({
        type: z.optional(string),
        text: z.optional(string),
        partial_json: z.optional(string),
        thinking: z.optional(string),
        stop_reason: z.nullish(string),
      }),
    ),
  }),
  ...nested,
  ...stamped,
});

/** How a turn ended. `subtype` stays an open string: a result of a new kind must still count as a result. */
const result = z.object({
  type: z.literal('result'),
  subtype: string,
  is_error: boolean,
  num_turns: z.optional(number),
  duration_ms: z.optional(number),
  duration_api_ms: z.optional(number),
  result: z.optional(string),
  errors: z.optional(strings),
  api_error_status: z.nullish(number),
  terminal_reason: z.optional(string),
  stop_reason: z.nullish(string),
  total_cost_usd: z.optional(number),
  usage: z.optional(usage),
  modelUsage: z.optional(z.record(string, z.unknown())),
  permission_denials: z.optional(
    z.array(z.object({ tool_name: string, tool_use_id: string, tool_input: z.record(string, z.unknown()) })),
  ),
  structured_output: z.optional(z.unknown()),
  startup_failure_reason: z.optional(string),
  local_command: z.optional(string),
  origin: z.optional(origin),
  ...stamped,
});

const rateLimitEvent = z.object({
  type: z.literal('rate_limit_event'),
  rate_limit_info: z.object({
    status: string,
    /** Epoch seconds. */
    resetsAt: z.optional(number),
    rateLimitType: z.optional(string),
    utilization: z.optional(number),
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
  preceding_tool_use_ids: z.optional(strings),
  ...stamped,
});

const authStatus = z.object({
  type: z.literal('auth_status'),
  isAuthenticating: boolean,
  output: strings,
  error: z.optional(string),
  ...stamped,
});

const promptSuggestion = z.object({ type: z.literal('prompt_suggestion'), suggestion: string, ...stamped });

const conversationReset = z.object({
  type: z.literal('conversation_reset'),
  new_conversation_id: string,
  trigger: z.optional(string),
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
    tool_name: z.optional(string),
    tool_use_id: z.optional(string),
    input: z.optional(z.record(string, z.unknown())),
    decision_reason: z.optional(string),
  }),
});

const controlResponse = z.object({
  type: z.literal('control_response'),
  response: z.object({
    subtype: string,
    request_id: string,
    error: z.optional(string),
    response: z.optional(z.unknown()),
  }),
});

const controlCancelRequest = z.object({ type: z.literal('control_cancel_request'), request_id: string });

function system<const Subtype extends string, Shape extends z.core.$ZodShape>(subtype: Subtype, shape: Shape) {
  return z.object({ type: z.literal('system'), subtype: z.literal(subtype), ...shape, ...stamped });
}

const hook = { hook_id: string, hook_name: string, hook_event: string };
const hookOutput = { stdout: string, stderr: string, output: string };
const refused = {
  original_model: string,
  content: string,
  request_id: z.nullish(string),
  api_refusal_category: z.nullish(string),
  api_refusal_explanation: z.nullish(string),
};

const init = system('init', {
  cwd: string,
  model: string,
  tools: strings,
  permissionMode: string,
  apiKeySource: z.optional(string),
  claude_code_version: z.optional(string),
  mcp_servers: z.optional(z.array(z.object({ name: string, status: string }))),
  slash_commands: z.optional(strings),
  agents: z.optional(z.unknown()),
  mcp_server_errors: z.optional(z.unknown()),
});

const status = system('status', {
  status: z.nullable(string),
  compact_result: z.optional(string),
  compact_error: z.optional(string),
});

/** Claude retries an API call by itself; the delay is a float in milliseconds on 2.1.197. */
const apiRetry = system('api_retry', {
  attempt: number,
  max_retries: number,
  retry_delay_ms: number,
  error_status: z.nullable(number),
  error: string,
});

const taskStarted = system('task_started', {
  task_id: string,
  description: string,
  tool_use_id: z.optional(string),
  task_type: z.optional(string),
  /** From 2.1.329 on; a tool that claude waits for is a task too, once it takes a few seconds. */
  is_backgrounded: z.optional(boolean),
  subagent_type: z.optional(string),
  prompt: z.optional(string),
});

const taskProgress = system('task_progress', {
  task_id: string,
  description: string,
  tool_use_id: z.optional(string),
  last_tool_name: z.optional(string),
  summary: z.optional(string),
});

const taskUpdated = system('task_updated', {
  task_id: string,
  patch: z.object({ status: z.optional(string), error: z.optional(string) }),
});

const taskNotification = system('task_notification', {
  task_id: string,
  status: string,
  summary: string,
  tool_use_id: z.optional(string),
  output_file: z.optional(string),
});

/** Every message type that sluice names, in the order in which the README lists them. */
export const SCHEMAS = [
  init,
  assistant,
  user,
  streamEvent,
  result,
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
    trigger: z.optional(string),
  }),
  system('model_refusal_fallback', {
    ...refused,
    fallback_model: string,
    retracted_message_uuids: z.optional(strings),
  }),
  system('model_refusal_no_fallback', refused),
  system('compact_boundary', { compact_metadata: z.object({ trigger: string, pre_tokens: number }) }),
  system('permission_denied', { tool_name: string, tool_use_id: string, message: string }),
  system('hook_started', hook),
  system('hook_progress', { ...hook, ...hookOutput }),
  system('hook_response', { ...hook, ...hookOutput, outcome: z.optional(string), exit_code: z.optional(number) }),
  taskStarted,
  taskProgress,
  taskUpdated,
  taskNotification,
  system('background_tasks_changed', {
    tasks: z.array(z.object({ task_id: string, description: string, task_type: z.optional(string) })),
  }),
  system('thinking_tokens', { estimated_tokens: number, estimated_tokens_delta: number }),
  system('session_state_changed', { state: string }),
  system('notification', { key: string, text: string, priority: string }),
  system('informational', { content: string, level: string, prevent_continuation: z.optional(boolean) }),
  system('local_command_output', { content: string }),
  system('plugin_install', { status: string, name: z.optional(string), error: z.optional(string) }),
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
