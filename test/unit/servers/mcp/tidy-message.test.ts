import { expect, it } from 'vitest';
import { tidyBody, tidyMessage } from '../../../../src/servers/mcp/incoming/tidy-message.ts';

it.each([
  ['params', { id: 1, method: 'tools/list', params: null }, { id: 1, method: 'tools/list' }],
  ['a cursor', { id: 1, method: 'tools/list', params: { cursor: null } }, { id: 1, method: 'tools/list', params: {} }],
  [
    'what a client does not do',
    { id: 0, method: 'initialize', params: { capabilities: { roots: null }, clientInfo: { name: 'x', title: null } } },
    { id: 0, method: 'initialize', params: { capabilities: {}, clientInfo: { name: 'x' } } },
  ],
  [
    'meta and arguments as a whole',
    { id: 2, method: 'tools/call', params: { name: 'x', arguments: null, _meta: null } },
    { id: 2, method: 'tools/call', params: { name: 'x' } },
  ],
  [
    'what is asked for of progress',
    { id: 2, method: 'tools/call', params: { name: 'x', _meta: { progressToken: null } } },
    { id: 2, method: 'tools/call', params: { name: 'x', _meta: {} } },
  ],
])('null for %s is absence', (_what, message, tidy) => {
  expect(tidyMessage({ jsonrpc: '2.0', ...message })).toEqual({ jsonrpc: '2.0', ...tidy });
});

it('what a tool is asked for is left to the tool', () => {
  const call = { method: 'tools/call', params: { name: 'x', arguments: { cwd: null, jsonSchema: { default: null } } } };
  expect(tidyMessage(call)).toEqual(call);
});

it('null as an id is no absence: it would make a notification of a request', () => {
  expect(tidyMessage({ id: null, method: 'ping', params: null })).toEqual({ id: null, method: 'ping' });
});

it('what has no null in it, or is no JSON, stays as it came', () => {
  for (const text of ['{"id": 1}', '{"id": null', '\u0000null']) {
    expect(tidyBody(Buffer.from(text)).toString()).toBe(text);
  }
  const many = Buffer.from('[{"id":1,"params":null},null,3]');
  expect(tidyBody(many).toString()).toBe('[{"id":1},null,3]');
});
