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
