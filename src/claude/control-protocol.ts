import type { Writable } from 'node:stream';
import { isUnknown, type Message, type MessageOf } from '../messages/types.ts';
import type { PromptBlock } from '../request/prompt.ts';

/** The blocks of a user message, in order. Claude reads commands and mentions in the last alone. */
export type PromptBlocks = readonly PromptBlock[];

/** A request of the Agent SDK's control protocol. */
export interface ControlRequest {
  readonly subtype: string;
  readonly [field: string]: unknown;
}

/** What we say to claude on its stdin (stream-json input; the control protocol of the Agent SDK). */
export interface Conversation {
  /** Asks claude something that it answers by itself; returns the id that the answer will bear. */
  ask(request: ControlRequest): string;
  /** Whether a message answers what was asked, or the one with this id, and tells of nothing but how claude is set up. */
  isAnswer(message: Message, id?: string): boolean;
  prompt(blocks: PromptBlocks): void;
  /** Asks claude to end the turn now; it answers with a result within milliseconds (72 of 72 times). */
  interrupt(): void;
  /** Answers what claude asks of its host. */
  reply(requestId: string, response: Readonly<Record<string, unknown>>): void;
  /** Says no to what claude asks of its host: an unanswered request would hang the run. */
  decline(request: MessageOf<'control_request'>): void;
  /** Lets claude exit; nothing can be said after it. */
  end(): void;
}

/** Opens the conversation. A claude that is gone is no error here: its exit tells more. */
export function openConversation(stdin: Writable): Conversation {
  let requests = 0;
  const asked = new Set<string>();
  stdin.on('error', () => stdin.destroy());

  function say(line: unknown): void {
    if (stdin.writable) stdin.write(`${asLine(line)}\n`);
  }

  function request(body: ControlRequest): string {
    const id = `sluice-${++requests}`;
    say({ type: 'control_request', request_id: id, request: body });
    return id;
  }

  return {
    ask(body) {
      const id = request(body);
      asked.add(id);
      return id;
    },
    isAnswer(message, id) {
      if (isUnknown(message) || message.type !== 'control_response') return false;
      const { request_id: answered } = message.response;
      return id === undefined ? asked.has(answered) : answered === id;
    },
    prompt(blocks) {
      const content = blocks.map(contentOf);
      say({ type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: '' });
    },
    interrupt() {
      request({ subtype: 'interrupt' });
    },
    reply(request_id, response) {
      say({ type: 'control_response', response: { subtype: 'success', request_id, response } });
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
      // At once: to shut it takes a turn of the event loop, and claude waits while all that was just read is dealt with.
      if (stdin.writableLength === 0) stdin.destroy();
    },
  };
}

/** A block as the Messages API has it. */
function contentOf(block: PromptBlock): object {
  if (typeof block === 'string') return { type: 'text', text: block };
  const { mediaType, base64 } = block;
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } };
}

/** JSON in which nothing ends a line: some readers, such as Node 24's readline, take U+2028 and U+2029 for line ends. */
function asLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
