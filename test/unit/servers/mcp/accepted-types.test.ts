import { expect, it } from 'vitest';
import { acceptedTypes } from '../../../../src/servers/mcp/transport/accepted-types.ts';

const BOTH = 'application/json, text/event-stream';

it.each([
  [undefined, BOTH],
  ['*/*', BOTH],
  ['*/*;q=0.8', BOTH],
  [' */* ', BOTH],
  ['application/*, text/*', BOTH],
  ['application/json, text/plain, */*', BOTH],
  ['text/html,application/xhtml+xml,*/*;q=0.8', BOTH],
  ['Application/JSON, Text/Event-Stream', BOTH],
  ['text/event-stream;q=0.5, application/json;q=1.0', BOTH],
  ['application/json; charset=utf-8, text/event-stream', BOTH],
  ['application/json', 'application/json'],
  ['application/*', 'application/json'],
  ['text/*', 'text/event-stream'],
  ['text/event-stream;q=0, */*', 'application/json'],
  ['*/*, application/json;q=0.0', 'text/event-stream'],
  ['*/*;q=0', '*/*;q=0'],
  ['text/html', 'text/html'],
  ['', BOTH],
])('"Accept: %s" accepts %s', (accept, types) => {
  expect(acceptedTypes(accept)).toBe(types);
});
