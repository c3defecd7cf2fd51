import type { Evidence } from './evidence.ts';
import { deniedCount } from './facts.ts';

/** What went wrong without deciding the outcome, one line each. */
export function warningsOf({ facts, exit, stoppedBy }: Evidence): string[] {
  const { result } = facts;
  const denied = deniedCount(facts);
  const tools = [...new Set(result?.permission_denials?.map((denial) => denial.tool_name))].join(', ');
  const missing = facts.init?.mcp_servers?.filter(({ status }) => status === 'failed').map(({ name }) => name) ?? [];
  const answered = result?.subtype === 'success' && !result.is_error;
  return [
    ...when(denied > 0, `${count(denied, 'tool call')} denied${tools && ` (${tools})`}; allow with --allowed-tools`),
    ...when(
      missing.length > 0,
      `MCP ${missing.length === 1 ? 'server' : 'servers'} not started: ${missing.join(', ')}`,
    ),
    ...facts.fallbacks,
    ...when(facts.failedHooks.length > 0, `hooks failed: ${facts.failedHooks.join(', ')}`),
    ...when(
      facts.badLines > 0 && facts.messages > 0,
      `${count(facts.badLines, 'line')} of claude's output could not be read`,
    ),
    ...when(answered && !result.result && facts.answer === '' && facts.notice === '', 'the answer is empty'),
    ...when(result?.stop_reason === 'pause_turn', 'the model paused its turn; resume the session to go on'),
    ...when(stoppedBy === 'lingering', 'claude did not exit after its result and was stopped'),
    ...when(
      answered && stoppedBy === null && exit !== null && exit.code !== 0,
      `claude ended with ${exit?.signal ?? `exit code ${exit?.code}`} after its result`,
    ),
  ];
}

function when(condition: boolean, warning: string): string[] {
  return condition ? [warning] : [];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
