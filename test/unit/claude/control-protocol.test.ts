import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Conversation, openConversation } from '../../../src/claude/control-protocol.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { MessageOf } from '../../../src/messages/types.ts';
import type { Raw } from '../outcome/evidence.ts';

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
  it('shows a picture as the Messages API has it', () => {
    const { say, heard } = conversation();
    say.prompt([{ name: 'a.png', mediaType: 'image/png', base64: 'aGk=' }, 'why?']);
    expect(heard()).toMatchObject([
      {
        message: {
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
            { type: 'text', text: 'why?' },
          ],
        },
      },
    ]);
  });

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

  it('asks questions and for an interrupt, each request under an id of its own', () => {
    const { say, heard } = conversation();
    say.ask({ subtype: 'initialize', agents: { spy: {} } });
    say.interrupt();
    say.interrupt();
    expect(heard()).toMatchObject([
      { type: 'control_request', request: { subtype: 'initialize', agents: { spy: {} } } },
      { type: 'control_request', request: { subtype: 'interrupt' } },
      { type: 'control_request', request: { subtype: 'interrupt' } },
    ]);
    expect(new Set(heard().map((line) => JSON.stringify(line))).size).toBe(3);
  });

  it('knows the answers to its questions, which are not for others; what becomes of an interrupt is', () => {
    const { say } = conversation();
    const id = say.ask({ subtype: 'mcp_status' });
    say.interrupt();
    const answer = (request_id: string) => {
      const raw: Raw = { type: 'control_response', response: { subtype: 'success', request_id, response: {} } };
      return recognise(raw);
    };
    expect(say.isAnswer(answer(id))).toBe(true);
    expect(['sluice-2', 'other'].some((other) => say.isAnswer(answer(other)))).toBe(false);
    expect(say.isAnswer(recognise({ type: 'control_response' }))).toBe(false);
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

  it('says nothing after its end', () => {
    const { say, heard } = conversation();
    say.end();
    say.interrupt();
    expect(heard()).toEqual([]);
  });

  it('does not mind that claude is gone', () => {
    const { say, heard, stdin } = conversation();
    stdin.destroy(new Error('EPIPE'));
    expect(() => {
      say.interrupt();
      say.end();
    }).not.toThrow();
    expect(heard()).toEqual([]);
  });

  it('closes at once where all was taken that was said, and else when it is', () => {
    const taken: (() => void)[] = [];
    const stdin = new Writable({ write: (_chunk, _encoding, done) => void taken.push(done) });
    const say = openConversation(stdin);
    say.interrupt();
    say.end();
    expect(stdin).toMatchObject({ destroyed: false, writableFinished: false });
    for (const done of taken) done();
    expect(stdin.writableLength).toBe(0);

    const idle = new Writable();
    openConversation(idle).end();
    expect(idle.destroyed).toBe(true);
  });
});
