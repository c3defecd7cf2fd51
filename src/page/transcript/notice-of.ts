import { isRecord } from '../../is-record.ts';
import type { ClaudeMessage } from '../../messages/types.ts';
import { describeSystem, type SystemMessage } from '../../sinks/pretty/describe-system.ts';
import type { Notice } from '../../sinks/pretty/notice.ts';

type Json = Readonly<Record<string, unknown>>;

/** Messages that tell nothing which is not told elsewhere, or nothing for people. */
const SILENT: readonly ClaudeMessage['type'][] = [
  'result',
  'stream_event',
  'tool_progress',
  'tool_use_summary',
  'prompt_suggestion',
  'command_lifecycle',
  'keep_alive',
  'control_request',
  'control_response',
  'control_cancel_request',
];

/** What a reader should know of a message that is about the run itself, or nothing. */
export function noticeOf(message: Json): Notice | null {
  const type = String(message['type']);
  if (SILENT.some((silent) => silent === type)) return null;
  try {
    return describe(type, message);
  } catch {
    // What came over the wire was not checked: of one whose shape has changed, the name is told.
    return {
      tone: 'minor',
      text: `a message whose shape is not known here: ${type}`,
    };
  }
}

function describe(type: string, message: Json): Notice | null {
  switch (type) {
    case 'system':
      return describeSystem(message as unknown as SystemMessage);
    case 'sluice':
      return ofSluice(message);
    case 'rate_limit_event':
      return ofLimit(message['rate_limit_info']);
    case 'auth_status':
      return typeof message['error'] === 'string' ? { tone: 'bad', text: message['error'] } : null;
    case 'conversation_reset':
      return { tone: 'note', text: 'the conversation was begun anew' };
    default:
      return { tone: 'minor', text: `a message of a kind that is not known here: ${type}` };
  }
}

const SLUICE_TONES: Readonly<Record<string, Notice['tone']>> = { notice: 'note', warning: 'warning', error: 'bad' };

function ofSluice({ subtype, code, text }: Json): Notice {
  const tone = code === 'retry' ? 'retry' : (SLUICE_TONES[String(subtype)] ?? 'note');
  return { tone, text: typeof text === 'string' ? text : String(code) };
}

function ofLimit(info: unknown): Notice | null {
  if (!isRecord(info) || info['status'] === 'allowed') return null;
  const { status, rateLimitType: kind, resetsAt } = info;
  const until = typeof resetsAt === 'number' ? `, until ${new Date(resetsAt * 1000).toISOString()}` : '';
  return {
    tone: status === 'rejected' ? 'bad' : 'warning',
    text: `rate limit${typeof kind === 'string' ? ` (${kind.replaceAll('_', ' ')})` : ''}: ${String(status).replaceAll('_', ' ')}${until}`,
  };
}
