import type { ClaudeMessage, MessageOf, SluiceMessage } from '../../messages/types.ts';
import { describeSystem } from './describe-system.ts';
import type { Notice } from './notice.ts';

/** Every message that is not a part of the talk itself. */
export type Aside = Exclude<ClaudeMessage, { type: 'assistant' | 'user' }> | SluiceMessage;

/** What a reader should know of a message in one line, or nothing. */
export function describeNotice(message: Aside): Notice | null {
  switch (message.type) {
    case 'system':
      return describeSystem(message);
    case 'sluice':
      return describeSluice(message);
    case 'rate_limit_event':
      return describeRateLimit(message);
    case 'control_request':
      return describeRequest(message);
    case 'auth_status':
      return message.error === undefined ? null : { tone: 'bad', text: `signing in failed: ${message.error}` };
    case 'conversation_reset':
      return { tone: 'note', text: 'a new conversation begins' };
    case 'stream_event':
    case 'result':
    case 'tool_progress':
    case 'tool_use_summary':
    case 'prompt_suggestion':
    case 'command_lifecycle':
    case 'keep_alive':
    case 'control_response':
    case 'control_cancel_request':
      return null;
    default:
      return message satisfies never;
  }
}

/** A limit on use, unless all is well. */
function describeRateLimit({ rate_limit_info: info }: MessageOf<'rate_limit_event'>): Notice | null {
  if (info.status === 'allowed') return null;
  const limit =
    info.rateLimitType === undefined ? 'usage limit' : `${info.rateLimitType.replaceAll('_', '-')} usage limit`;
  const reset = info.resetsAt === undefined ? '' : `, resets ${formatEpoch(info.resetsAt)}`;
  if (info.status === 'rejected') return { tone: 'bad', text: `${limit} reached${reset}` };
  const used =
    info.utilization === undefined ? info.status.replaceAll('_', ' ') : `${Math.round(info.utilization * 100)} % used`;
  return { tone: 'warning', text: `${limit}: ${used}${reset}` };
}

/** What sluice itself has to say. */
function describeSluice({ subtype, text, line, retry }: SluiceMessage): Notice {
  if (retry !== undefined) return { tone: 'retry', text };
  const tone = subtype === 'notice' ? 'note' : subtype === 'warning' ? 'warning' : 'bad';
  const shown = line === undefined || subtype === 'notice' ? '' : `: ${line.slice(0, MOST_OF_A_LINE)}`;
  return { tone, text: text + shown };
}

/** Of a line that was no message so much is enough to recognise it by. */
const MOST_OF_A_LINE = 500;

function describeRequest({ request }: MessageOf<'control_request'>): Notice | null {
  if (request.subtype !== 'can_use_tool') return null;
  return { tone: 'warning', text: `claude asks whether it may use ${request.tool_name ?? 'a tool'}` };
}

function formatEpoch(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `at ${seconds}` : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
