import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/messages/recognise.ts';
import { opaquePlaces } from '../../../src/stream/opaque-places.ts';

const base64 = 'iVBORw0KGgo+/'.repeat(30);
const message = (type: 'assistant' | 'user', content: readonly unknown[]) =>
  recognise(JSON.parse(JSON.stringify({ type, message: { id: 'm', model: 'x', role: type, content } })));

describe('opaquePlaces', () => {
  it.each([
    [
      'the signature of a thinking block',
      message('assistant', [{ type: 'thinking', thinking: '', signature: base64 }]),
    ],
    ['an image', message('user', [{ type: 'image', source: { type: 'base64', data: base64 } }])],
    [
      'an image in a tool result',
      message('user', [{ type: 'tool_result', content: [{ type: 'image', source: { data: base64 } }] }]),
    ],
    [
      'the pieces of a signature',
      recognise(
        JSON.parse(
          JSON.stringify({
            type: 'stream_event',
            event: { type: 'x', delta: { type: 'signature_delta', signature: base64 } },
          }),
        ),
      ),
    ],
  ])('knows %s', (_, given) => {
    expect(opaquePlaces(given)?.size).toBe(1);
  });

  it.each([
    ['a tool input that looks the same', [{ type: 'tool_use', input: { type: 'thinking', signature: base64 } }]],
    ['one that is as short as a key', [{ type: 'thinking', thinking: '', signature: base64.slice(0, 120) }]],
    ['one that is no base64', [{ type: 'thinking', thinking: '', signature: `${base64} x` }]],
    ['text beside it', [{ type: 'text', text: base64, signature: base64 }]],
  ])('takes nothing else for one: %s', (_, content) => {
    expect(opaquePlaces(message('assistant', content))?.size ?? 0).toBe(0);
  });
});
