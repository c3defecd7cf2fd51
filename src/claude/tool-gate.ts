import { isRecord } from '../is-record.ts';
import { isUnknown, type Message, type MessageOf } from '../messages/types.ts';
import type { Reply } from './approvals.ts';

/**
 * Is told of a call of a tool before claude makes it: claude waits until it settles. What throws or rejects keeps the call
 * from being made.
 */
export type BeforeTool = (tool: string) => Promise<void> | void;

/**
 * What claude is told when it is started, so that it asks before each call of a tool, those of subagents too, whatever is
 * permitted (hooks of the Agent SDK's control protocol; 2.1.197, 2.1.332).
 */
export const ASKS_AT_GATE = { PreToolUse: [{ hookCallbackIds: ['before-tool'] }] };

/** Whether claude asks before a call of a tool; that is no part of the run. */
export function isAtGate(message: Message): message is MessageOf<'control_request'> {
  return !isUnknown(message) && message.type === 'control_request' && message.request.subtype === 'hook_callback';
}

/** Tells of the call, and lets claude go on. Never rejects. */
export async function passGate(
  { request_id, request }: MessageOf<'control_request'>,
  beforeTool: BeforeTool,
  reply: Reply,
): Promise<void> {
  const tool = isRecord(request.input) ? request.input['tool_name'] : undefined;
  try {
    await beforeTool(typeof tool === 'string' ? tool : 'an unnamed tool');
    reply(request_id, {});
  } catch {
    reply(request_id, {
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'the call could not be taken down',
      },
    });
  }
}
