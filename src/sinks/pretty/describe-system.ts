import { mostRetries } from '../../outcome/most-retries.ts';
import type { ClaudeMessage, MessageOf } from '../../messages/types.ts';
import { formatCount, formatDuration } from './format.ts';
import type { Notice, Tone } from './notice.ts';

/** The messages that are about the run itself rather than its talk: all that are not shown in a way of their own. */
export type SystemMessage = Extract<ClaudeMessage, { type: 'system' }>;

/** What a reader should know of a system message, or nothing. Tasks are told by `describe-task.ts`. */
export function describeSystem(message: SystemMessage): Notice | null {
  switch (message.subtype) {
    case 'api_retry':
      return describeRetry(message);
    case 'model_fallback':
      return warning(
        `${message.original_model} → ${message.fallback_model}: ${message.content || (message.trigger ?? '')}`,
      );
    case 'model_refusal_fallback':
      return warning(`${message.original_model} refused${why(message)}; ${message.fallback_model} takes over`);
    case 'model_refusal_no_fallback':
      return bad(`${message.original_model} refused${why(message)}`);
    case 'compact_boundary':
      return note(
        `conversation compacted (${message.compact_metadata.trigger}), it had ${formatCount(message.compact_metadata.pre_tokens)} tokens`,
      );
    case 'status':
      return message.compact_error === undefined ? null : bad(`compaction failed: ${message.compact_error}`);
    case 'permission_denied':
      return warning(`${message.tool_name} denied: ${message.message}`);
    case 'hook_response':
      return describeHook(message);
    case 'informational':
      return notice(message.prevent_continuation === true ? 'bad' : toneOfLevel(message.level), message.content);
    case 'notification':
      return notice(message.priority === 'immediate' || message.priority === 'high' ? 'warning' : 'note', message.text);
    case 'local_command_output':
      return note(message.content);
    case 'plugin_install':
      return message.error === undefined
        ? null
        : warning(`plugin ${message.name ?? ''} not installed: ${message.error}`);
    case 'worker_shutting_down':
      return warning(`claude is shutting down: ${message.reason}`);
    case 'mirror_error':
      return warning(`the session could not be mirrored: ${message.error}`);
    case 'session_writes_lost':
      return warning(`the session's transcript is incomplete (${message.error_code})`);
    case 'files_persisted':
      return message.failed.length === 0 ? null : warning(`${message.failed.length} files could not be kept`);
    case 'memory_recall':
      return message.memories.length === 0 ? null : notice('minor', `${message.memories.length} memories recalled`);
    case 'init':
    case 'task_started':
    case 'task_progress':
    case 'task_updated':
    case 'task_notification':
    case 'background_tasks_changed':
    case 'hook_started':
    case 'hook_progress':
    case 'thinking_tokens':
    case 'session_state_changed':
    case 'control_request_progress':
    case 'commands_changed':
    case 'elicitation_complete':
    case 'ui_invalidate':
      return null;
    default:
      return message satisfies never;
  }
}

function describeRetry(retry: MessageOf<'system', 'api_retry'>): Notice {
  const { attempt, retry_delay_ms, error_status, error } = retry;
  const status = error_status === null ? 'API not reached' : `API answered ${error_status}`;
  const reason = error === 'unknown' ? '' : ` (${error.replaceAll('_', ' ')})`;
  const count = `${attempt}/${Math.max(attempt, mostRetries(retry))}`;
  return notice('retry', `${status}${reason}: retry ${count} in ${formatDuration(retry_delay_ms)}`);
}

function describeHook({
  hook_name,
  outcome,
  exit_code,
  stderr,
  output,
}: MessageOf<'system', 'hook_response'>): Notice | null {
  if (outcome === 'success' || (outcome === undefined && (exit_code ?? 0) === 0)) return null;
  const how = exit_code === undefined ? (outcome ?? 'failed') : `failed with exit code ${exit_code}`;
  const said = (stderr.trim() || output.trim()).split('\n', 1)[0] ?? '';
  return warning(`hook ${hook_name} ${how}${said === '' ? '' : `: ${said}`}`);
}

function why(
  message: MessageOf<'system', 'model_refusal_no_fallback'> | MessageOf<'system', 'model_refusal_fallback'>,
): string {
  const reasons = [message.api_refusal_category, message.api_refusal_explanation].filter(
    (reason) => reason != null && reason !== '',
  );
  return reasons.length === 0 ? '' : ` (${reasons.join(': ')})`;
}

function toneOfLevel(level: string): Tone {
  if (level === 'error') return 'bad';
  return level === 'warning' ? 'warning' : 'note';
}

function note(text: string): Notice {
  return notice('note', text);
}

function warning(text: string): Notice {
  return notice('warning', text);
}

function bad(text: string): Notice {
  return notice('bad', text);
}

function notice(tone: Tone, text: string): Notice {
  return { tone, text };
}
