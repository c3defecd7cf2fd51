import { hasSessionToItself } from '../../claude/start/session-flags.ts';
import { STRUCTURED_OUTPUT } from '../../messages/tool-names.ts';
import { isUnknown, type RunEvent } from '../../messages/types.ts';
import type { Report } from '../../outcome/report-schema.ts';
import type { Prompt } from '../../request/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';

/**
 * Whether a run may be answered by an earlier one: not if it goes on with a session or names it, runs a command of claude's,
 * asks for what a server has, or is not to be redacted.
 */
export function mayBeAnswered(request: RunRequest, prompt: Prompt): boolean {
  return request.noRedact !== true && hasSessionToItself(request) && prompt.slash !== true && !asksServer(prompt);
}

/** A resource of an MCP server, which may be another one each time. */
const RESOURCE = /(?:^|\s)@[\w.-]+:\S/;

function asksServer({ text = '' }: Prompt): boolean {
  return RESOURCE.test(text);
}

/** What shows that the answer may depend on more than was asked: a tool, a hook, a run that was started again. */
export function dependsOnMore({ message }: RunEvent): boolean {
  if ('subtype' in message && String(message.subtype).startsWith('hook_')) return true;
  // One of a shape that is not known yet could hold a call of a tool.
  if (isUnknown(message)) return ['assistant', 'user'].includes(message.type);
  if (message.type !== 'assistant') return message.type === 'sluice';
  return message.message.content.some(({ type, name }) => type.endsWith('tool_use') && name !== STRUCTURED_OUTPUT);
}

/** Whether what a run came to is what others would be answered, too: a success without tools, and with nothing amiss. */
export function isForOthers({ outcome, tools, permissionDenials }: Report): boolean {
  return (
    outcome.class === 'success' &&
    outcome.warnings.length === 0 &&
    permissionDenials.length === 0 &&
    tools.every(({ name }) => name === STRUCTURED_OUTPUT)
  );
}
