import type { Writable } from 'node:stream';
import type { MessageOf } from '../messages/types.ts';

/** The text blocks of a user message, in order (Messages API). Claude reads commands and mentions in the last alone. */
export type PromptBlocks = readonly string[];

/** What we say to claude on its stdin (stream-json input; the control protocol of the Agent SDK). */
export interface Conversation {
  /** Tells claude about agents, which have no other way in that keeps them off the command line. */
  initialize(agents: unknown): void;
  prompt(blocks: PromptBlocks): void;
  /** Asks claude to end the turn now; it answers with a result within milliseconds (72 of 72 times). */
  interrupt(): void;
  /** Says no to what claude asks of its host: an unanswered request would hang the run. */
  decline(request: MessageOf<'control_request'>): void;
  /** Lets claude exit; nothing can be said after it. */
  end(): void;
}

/** Opens the conversation. A claude that is gone is no error here: its exit tells more. */
export function openConversation(stdin: Writable): Conversation {
  let requests = 0;
  stdin.on('error', () => stdin.destroy());

  function say(line: unknown): void {
    if (stdin.writable) stdin.write(`${asLine(line)}\n`);
  }

  function request(body: Readonly<Record<string, unknown>>): void {
    say({ type: 'control_request', request_id: `sluice-${++requests}`, request: body });
  }

  return {
    initialize(agents) {
      request({ subtype: 'initialize', agents });
    },
    prompt(blocks) {
      const content = blocks.map((text) => ({ type: 'text', text }));
      say({ type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: '' });
    },
    interrupt() {
      request({ subtype: 'interrupt' });
    },
    decline({ request_id, request: { subtype } }) {
      const response =
        subtype === 'can_use_tool'
          ? { subtype: 'success', request_id, response: { behavior: 'deny', message: 'nobody is here to ask' } }
          : { subtype: 'error', request_id, error: `sluice does not answer ${subtype}` };
      say({ type: 'control_response', response });
    },
    end() {
      stdin.end();
    },
  };
}

/** JSON in which nothing ends a line: some readers, such as Node 24's readline, take U+2028 and U+2029 for line ends. */
function asLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
