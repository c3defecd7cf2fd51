import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Conversation, openConversation } from '../../../src/claude/talk.ts';
import type { MessageOf } from '../../../src/messages/types.ts';

function conversation(): { say: Conversation; heard: () => unknown[]; stdin: PassThrough } {
  const stdin = new PassThrough();
  let text = '';
  stdin.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const heard = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
  return { say: openConversation(stdin), heard, stdin };
}

const asked = (subtype: string): MessageOf<'control_request'> => ({
  type: 'control_request',
  request_id: 'r1',
  request: { subtype },
});

describe('the conversation with claude', () => {
  it('says the prompt as one line, its blocks in order, whatever is in them', () => {
    const { say, heard } = conversation();
    say.prompt(['{"type":"control_request"}\n', 'line\u2028two "x"', '']);
    expect(heard()).toEqual([
      expect.objectContaining({
        type: 'user',
        message: {
          role: 'user',
          content: [
            { type: 'text', text: '{"type":"control_request"}\n' },
            { type: 'text', text: 'line\u2028two "x"' },
            { type: 'text', text: '' },
          ],
        },
      }),
    ]);
  });

  it('tells of agents and asks for an interrupt, each request under an id of its own', () => {
    const { say, heard } = conversation();
    say.initialize({ spy: {} });
    say.interrupt();
    say.interrupt();
    expect(heard()).toMatchObject([
      { type: 'control_request', request: { subtype: 'initialize', agents: { spy: {} } } },
      { type: 'control_request', request: { subtype: 'interrupt' } },
      { type: 'control_request', request: { subtype: 'interrupt' } },
    ]);
    expect(new Set(heard().map((line) => JSON.stringify(line))).size).toBe(3);
  });

  it('denies a permission, and answers everything else with an error', () => {
    const { say, heard } = conversation();
    say.decline(asked('can_use_tool'));
    say.decline(asked('hook_callback'));
    expect(heard()).toMatchObject([
      {
        type: 'control_response',
        response: { subtype: 'success', request_id: 'r1', response: { behavior: 'deny' } },
      },
      { type: 'control_response', response: { subtype: 'error', request_id: 'r1' } },
    ]);
  });

  it('says nothing after its end, and does not mind that claude is gone', () => {
    const { say, heard, stdin } = conversation();
    say.end();
    say.interrupt();
    expect(heard()).toEqual([]);
    stdin.destroy(new Error('EPIPE'));
    expect(() => {
      say.interrupt();
      say.end();
    }).not.toThrow();
  });
});
