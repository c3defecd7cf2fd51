import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { pipeTransport } from '../../../../src/servers/mcp/transport/pipe-transport.ts';

it.each([
  ['{"jsonrpc": ', { id: null, error: { code: -32700 } }],
  ['[]', { id: null, error: { code: -32600 } }],
  ['{"jsonrpc":"2.0","id":3,"method":5}', { id: 3, error: { code: -32600 } }],
  ['{"jsonrpc":"2.0","id":"a","method":"x","params":[]}', { id: 'a', error: { code: -32600 } }],
  ['{"jsonrpc":"2.0","id":{},"method":5}', { id: null, error: { code: -32600 } }],
])('the line %s is answered with an error, to whoever waits for it', async (line, answer) => {
  const input = new PassThrough();
  const output = new PassThrough();
  const transport = pipeTransport(input, output);
  const gone = new Promise<void>((resolve) => (transport.onclose = resolve));
  await transport.start();
  input.end(`${line}\n`);
  await gone;
  output.end();
  expect(JSON.parse(await text(output))).toMatchObject({ jsonrpc: '2.0', ...answer });
});

it('refuses a call whose id is that of one under way, until that is answered or given up', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const transport = pipeTransport(input, output);
  const heard: JSONRPCMessage[] = [];
  transport.onmessage = (message) => void heard.push(message);
  const gone = new Promise<void>((resolve) => (transport.onclose = resolve));
  await transport.start();
  const call = { jsonrpc: '2.0', id: 7, method: 'tools/call' } as const;
  const lines = async (...messages: readonly object[]): Promise<void> => {
    for (const message of messages) input.write(`${JSON.stringify(message)}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  };

  await lines(call, call, { ...call, id: '7' });
  expect(heard).toEqual([call, { ...call, id: '7' }]);
  await transport.send({ jsonrpc: '2.0', id: 7, result: {} });
  await lines(call, { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } }, call);
  expect(heard.filter((message) => 'id' in message && message.id === 7)).toHaveLength(3);

  input.end();
  await gone;
  output.end();
  const answers = (await text(output)).split('\n').filter((line) => line !== '');
  expect(answers.map((line): unknown => JSON.parse(line))).toEqual([
    { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'Invalid Request: The id is in use' } },
    { jsonrpc: '2.0', id: 7, result: {} },
  ]);
});
