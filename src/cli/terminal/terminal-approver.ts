import { describeWait } from '../../outcome/describe-wait.ts';
import type { Approver, Decision, ToolCall } from '../../run.ts';
import type { UsersTerminal } from './users-terminal.ts';

/** The most characters that a user can be expected to read; a longer call is denied, as a part of it could mislead. */
const MOST_SHOWN = 50_000;

/** Asks at a terminal about one call after the other. `always` counts for a tool, and for this run. */
export function terminalApprover(terminal: UsersTerminal, timeoutMs: number): Approver {
  const always = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function ask(call: ToolCall, signal: AbortSignal): Promise<Decision> {
    if (signal.aborted) return NO;
    if (always.has(call.tool)) return YES;
    if (call.shown.length > MOST_SHOWN) {
      terminal.say(`\nsluice: a call of ${nameOf(call)} was denied: it is too long to be shown\n`);
      return { behavior: 'deny', message: 'the call is too long to be shown to anybody', by: 'terminal' };
    }
    const answer = await terminal.ask(questionOf(call, timeoutMs), signal);
    if (answer === null) terminal.say('\nsluice: no answer: denied\n');
    switch (answer?.trim().toLowerCase()) {
      case 'a':
      case 'always':
        always.add(call.tool);
        return YES;
      case 'y':
      case 'yes':
        return YES;
      default:
        return NO;
    }
  }

  return (call, signal) => {
    const answer = last.then(() => ask(call, signal));
    last = answer.catch(() => {});
    return answer;
  };
}

const YES: Decision = { behavior: 'allow', by: 'terminal' };
const NO: Decision = { behavior: 'deny', message: 'the user said no', by: 'terminal' };

function questionOf(call: ToolCall, timeoutMs: number): string {
  const choices = `y: yes, n: no, a: always for ${nameOf(call)} in this run; no after ${describeWait(timeoutMs)}`;
  return `\nsluice: claude asks to use ${call.shown}\nAllow it? (${choices}) `;
}

/** As it is shown: without its input. */
function nameOf({ shown }: ToolCall): string {
  return shown.slice(0, Math.max(0, shown.indexOf(' ')));
}
