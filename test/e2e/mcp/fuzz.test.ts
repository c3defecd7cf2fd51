import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { AS_MCP, type Fields, INITIALIZE, MODERN_META, onLines } from '../../support/by-hand.ts';
import { freshHome } from '../../support/folder.ts';
import { type Era, type McpServer, startMcp, WAYS, type Wire } from '../../support/mcp.ts';
import { rounds } from '../../support/rounds.ts';
import { anyText } from '../../support/any-text.ts';

vi.setConfig({ testTimeout: 120_000 });

/** In the server's environment, in every answer of its claude, and in some of what it is sent. */
const SECRET = 'sk-planted-4f9a1c77e0b24d55';
const SEED = 20_260_728;

/** Text that stands for one too long to be shown when a test fails. */
const EXPANSIONS: Readonly<Record<string, string>> = {
  GIANT: 'x'.repeat(3 * 1024 * 1024),
  LONG: 'x'.repeat(200_000),
  NESTED: `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  DEEP_LIST: '['.repeat(20_000) + ']'.repeat(20_000),
  DEEP_OBJECT: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
};

/** JSON that is not what it should be, whatever that is. */
const odd: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...'null true 0 -1 1.5 1e308 9007199254740993 "" "\\u0000" "\\ud800" "__proto__" {} [] NESTED DEEP_LIST DEEP_OBJECT'.split(
      ' ',
    ),
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"toString":1,"length":-1}',
    '"LONG"',
  ),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  anyText().map((text) => JSON.stringify(text)),
);

const METHODS = [
  ...'tools/call tools/list initialize server/discover ping logging/setLevel resources/list prompts/get'.split(' '),
  ...'completion/complete subscriptions/listen sampling/createMessage roots/list tasks/get'.split(' '),
  ...'notifications/cancelled notifications/initialized notifications/progress notifications/unheard'.split(' '),
  '',
  '__proto__',
  'toString',
  'tools/call\\u0000',
];
const TOOLS = ['claude_query', 'claude_query_messages', '__proto__', 'toString', ''];
const VERSIONS = ['2026-07-28', '2025-11-25', '2024-10-07', '1.0', '9999-99-99', ''];

/** `@` in an id is another number each time, so that no two requests share one. */
const ids = fc.constantFrom('@', '"@"', '-@', '@.5', '@e30', '"__proto__@"', 'null', 'true', '{}', '[@]');

const quoted = (texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts.map((text) => `"${text}"`));

/** Of a client that calls itself by the secret. */
const META: Fields = { ...MODERN_META, 'io.modelcontextprotocol/clientInfo': { name: SECRET, version: '1.0' } };

const meta: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(JSON.stringify(META)) },
  fc
    .constantFrom(...VERSIONS)
    .map((version) => JSON.stringify({ ...META, 'io.modelcontextprotocol/protocolVersion': version })),
  objectOf({
    'io.modelcontextprotocol/protocolVersion': odd,
    'io.modelcontextprotocol/clientInfo': odd,
    'io.modelcontextprotocol/clientCapabilities': odd,
    progressToken: odd,
  }),
  odd,
);

const PARAMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  name: fc.oneof(quoted(TOOLS), odd),
  arguments: fc.oneof(objectOf({ prompt: odd, cwd: odd, runId: odd, jsonSchema: odd }), odd),
  _meta: meta,
  protocolVersion: fc.oneof(quoted(VERSIONS), odd),
  capabilities: odd,
  clientInfo: odd,
  requestId: fc.oneof(ids, odd),
  level: odd,
  cursor: odd,
};

const params: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: meta.map((meta) => `{"name":"claude_query","arguments":{"prompt":"hi"},"_meta":${meta}}`) },
  { weight: 6, arbitrary: objectOf(PARAMS) },
  odd,
);

const message: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(ids, quoted(METHODS), params)
      .map(([id, method, params]) => `{"jsonrpc":"2.0","id":${id},"method":${method},"params":${params}}`),
  },
  objectOf({ jsonrpc: odd, id: ids, method: fc.oneof(quoted(METHODS), odd), params, result: odd, error: odd }),
);

/** What is sent in place of a message. */
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: message },
  { weight: 2, arbitrary: fc.array(message, { maxLength: 4 }).map((messages) => `[${messages.join(',')}]`) },
  { weight: 2, arbitrary: fc.tuple(message, fc.nat(60)).map(([whole, end]) => whole.slice(0, -end)) },
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: anyText() },
  { weight: 1, arbitrary: fc.constantFrom('GIANT', '"GIANT"', 'DEEP_LIST', '\u0000', '\uFEFF{}', ' ') },
);

/** What is thrown at a server: a text in place of a message and, over HTTP, what goes before it. */
interface Shot {
  readonly text: string;
  readonly method: string;
  readonly path: string;
  /** Set in place of what would fit the text. */
  readonly headers: Readonly<Record<string, string>>;
}

const headerValue = fc.oneof(
  fc.constantFrom('', '*', '0', '-1', '99999999999999999999', 'null', 'x'.repeat(20_000)),
  fc.string({ unit: 'grapheme-ascii' }),
  anyText(),
);

const shot: fc.Arbitrary<Shot> = fc.record({
  text,
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constant('POST') },
    fc.constantFrom('GET', 'DELETE', 'PUT', 'OPTIONS', '?'),
  ),
  path: fc.oneof({ weight: 12, arbitrary: fc.constant('/mcp') }, fc.constantFrom('/mcp?a=%00', '//mcp', '/%', '*', '')),
  headers: fc.oneof(
    fc.constant({}),
    fc.constant({ authorization: `Bearer ${SECRET}` }),
    fc.dictionary(
      fc.constantFrom(
        ...'accept authorization connection content-encoding content-length content-type expect host'.split(' '),
        ...'last-event-id mcp-method mcp-name mcp-protocol-version mcp-session-id origin transfer-encoding'.split(' '),
        'upgrade',
        'x-odd',
        ' ',
      ),
      headerValue,
      { maxKeys: 3 },
    ),
  ),
});

/** Of a query's fields, some, and some that it does not have. */
const fields: Readonly<Record<string, fc.Arbitrary<string>>> = {
  cwd: fc.oneof(fc.constantFrom('"/"', '".."', '"/proc/self/root"', `"/${SECRET}"`), odd),
  sessionId: fc.oneof(fc.constant('"11111111-2222-4333-8444-555555555555"'), odd),
  model: fc.oneof(quoted(['sonnet', '--help', 'a b']), odd),
  maxTurns: fc.oneof(fc.constantFrom('1', '51'), odd),
  maxBudgetUsd: fc.oneof(fc.constantFrom('0.01', '1e-320'), odd),
  appendSystemPrompt: fc.oneof(quoted(['Be brief.', '--flag', 'LONG']), odd),
  permissionMode: fc.oneof(quoted(['plan', 'bypassPermissions', '__proto__']), odd),
  allowedTools: fc.oneof(fc.constantFrom('["Read"]', '["Bash(rm:*)"]', '["Read(//etc/**)"]'), odd),
  disallowedTools: fc.oneof(fc.constantFrom('["Bash"]', `["${SECRET}"]`, '["__proto__"]'), odd),
  timeoutMs: fc.oneof(fc.constantFrom('1', '60000', '2147483648'), odd),
  maxMessages: fc.oneof(fc.constantFrom('0', '10000'), odd),
  includeSystemMessages: fc.oneof(fc.constant('false'), odd),
  jsonSchema: fc.oneof(fc.constantFrom('{"type":"object"}', 'NESTED', 'DEEP_OBJECT'), odd),
  [SECRET]: odd,
  toString: odd,
};

const query: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constant('"hi"') }, odd),
    fc
      .subarray(Object.keys(fields), { maxLength: 3 })
      .chain((names) => fc.tuple(...names.map((name) => (fields[name] ?? odd).map((json) => `,"${name}":${json}`)))),
  )
  .map(([prompt, others]) => `{"prompt":${prompt}${others.join('')}}`);

describe.each(WAYS)('a %s client over %s', (era, wire) => {
  it('that sends anything is answered once at most, gets what it asks for or is told what is wrong, and the server lives on', async () => {
    const server = await plantedServer(wire);
    const line = await (wire === 'stdio' ? pipeLine(server, era) : httpLine(server, era));
    await fc.assert(
      fc.asyncProperty(fc.array(shot, { minLength: 1, maxLength: 20 }), async (shots) => {
        await line.throw(shots);
        expect(await line.call('{"prompt":"hi"}')).toMatchObject(GOOD);
      }),
      { seed: SEED, numRuns: rounds(2), endOnFailure: true, examples: [[FOUND_SHOTS]] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(query, { minLength: 1, maxLength: 8 }), async (queries) => {
        const responses = await Promise.all(queries.map((query) => line.call(expand(query))));
        for (const response of responses) expect(response).toSatisfy(isInOrder);
        expect(await line.call('{"prompt":"hi"}')).toMatchObject(GOOD);
      }),
      { seed: SEED, numRuns: rounds(2), endOnFailure: true, examples: [[FOUND_QUERIES]] },
    );
    const answered = line.answered();
    expect(answered.filter((id, at) => answered.indexOf(id) !== at)).toEqual([]);
    await server.isClean(line.received());
  });
});

/** What was once answered with 500, and as a fault of the server. */
const FOUND_SHOTS: Shot[] = [{ text: '[]', method: 'GET', path: '/mcp', headers: {} }];
const FOUND_QUERIES = ['{"prompt":"hi","jsonSchema":DEEP_OBJECT}'];

/** What becomes of a good call, the secret masked. */
const GOOD = {
  result: { structuredContent: { result: { summary: expect.stringMatching(/^the key is \[REDACTED:/) } } },
};

/** What a query may come to, whatever it is. */
const CODES = ['validation_error', 'forbidden', 'bad_request', 'timeout'];

function isInOrder({ result, error }: Fields): boolean {
  if (result === undefined) return error.code === -32_602;
  return result.isError === true ? CODES.includes(JSON.parse(result.content[0].text).error_code) : true;
}

interface PlantedServer extends McpServer {
  /** Ends it; it must have gone well, and what it said must hold no secret. */
  isClean(received: string): Promise<void>;
}

/** A server with a secret, and a claude that tells it. */
async function plantedServer(wire: Wire): Promise<PlantedServer> {
  const home = freshHome();
  const [claude, audit] = [join(home.path, 'claude'), join(home.path, 'audit.jsonl')];
  writeFileSync(claude, TELLTALE, { mode: 0o700 });
  const args = ['--audit', audit, '--audit-prompts', '--log-level', 'debug', '--max-queued', '100'];
  const server = await startMcp(wire, args, { home, claude, env: { ANTHROPIC_API_KEY: SECRET } });
  return {
    ...server,
    async isClean(received) {
      server.kill('SIGTERM');
      const { exitCode, stderr } = await server.finished;
      expect(exitCode).toBe(0);
      expect(server.log().filter(({ level }) => level === 'error')).toEqual([]);
      for (const said of [received, stderr, readFileSync(audit, 'utf8')]) expect(linesWith(SECRET, said)).toEqual([]);
    },
  };
}

const TELLTALE = `#!/bin/sh
read -r prompt
echo '{"type":"result","subtype":"success","is_error":false,"session_id":"s","num_turns":1,"usage":{},"result":"the key is '"$ANTHROPIC_API_KEY"'"}'
cat > /dev/null
`;

function linesWith(word: string, said: string): string[] {
  return said.split('\n').filter((line) => line.includes(word));
}

/** A line to a server on which good requests and others go out. */
interface Line {
  /** Throws things at the server, all at once; settles when it has had its time with them. */
  throw(shots: readonly Shot[]): Promise<void>;
  /** Calls `claude_query` with arguments in JSON; settles with the response. */
  call(query: string): Promise<Fields>;
  /** The id of each response, as JSON. */
  answered(): string[];
  /** All that came. */
  received(): string;
}

async function pipeLine({ stdin, stdout }: McpServer, era: Era): Promise<Line> {
  if (stdin === null || stdout === null) throw new Error('the server has no pipes');
  const lines: string[] = [];
  const responses: Fields[] = [];
  const waiting = new Map<unknown, (response: Fields) => void>();
  onLines(stdout, (line) => {
    lines.push(line);
    const message: Fields = JSON.parse(line);
    if (message.method !== undefined) return;
    responses.push(message);
    waiting.get(message.id)?.(message);
  });

  function request(message: string, id: string): Promise<Fields> {
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      stdin?.write(`${message}\n`);
    });
  }

  if (era === 'legacy') await request(OPENING, 'opening');
  return {
    async throw(shots) {
      for (const { text } of shots) stdin.write(`${expand(text)}\n`);
    },
    call(query) {
      const id = newId();
      return request(callOf(era, id, query), id);
    },
    answered: () => idsOf(responses),
    received: () => lines.join('\n'),
  };
}

async function httpLine({ url }: McpServer, era: Era): Promise<Line> {
  const received: string[] = [];

  async function request(message: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    return fetch(url, { method: 'POST', body: message, headers: { ...AS_MCP, ...headers } });
  }

  async function open(): Promise<Readonly<Record<string, string>>> {
    const { headers } = await request(OPENING, {});
    return { 'mcp-session-id': headers.get('mcp-session-id') ?? '', 'mcp-protocol-version': '2025-11-25' };
  }

  const session = era === 'legacy' ? await open() : { 'mcp-protocol-version': '2026-07-28' };
  // What is thrown may set its level and the like.
  const other = era === 'legacy' ? await open() : session;
  return {
    async throw(shots) {
      const thrown = shots.map(async ({ text, ...head }) => {
        const body = expand(text);
        const own = head.method === 'DELETE' ? {} : other;
        const headers = { ...AS_MCP, ...own, ...(era === 'modern' ? namesIn(body) : {}), ...head.headers };
        const answer = await throwAt(url, { ...head, headers }, body);
        expect(answer).not.toMatch(/^HTTP\/1\.1 5/m);
        received.push(answer);
      });
      await Promise.all(thrown);
    },
    async call(query) {
      const message = callOf(era, newId(), query);
      const response = await request(message, { ...session, ...(era === 'modern' ? namesIn(message) : {}) });
      const answer = await response.text();
      received.push(answer);
      return messagesIn(answer).find(({ method }) => method === undefined);
    },
    answered: () => idsOf(received.flatMap(messagesIn).filter(({ method }) => method === undefined)),
    received: () => received.join('\n'),
  };
}

/** Milliseconds of silence after which nothing more is expected. */
const SILENCE = 300;

/** Sends a request as it is written, and takes what comes, until nothing more does. */
async function throwAt({ hostname, port, host }: URL, { method, path, headers }: Omit<Shot, 'text'>, body: string) {
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // It may close before it has read everything.
  socket.on('error', () => {});
  socket.setTimeout(SILENCE, () => socket.destroy());
  const usual = { host, connection: 'close', 'content-length': String(Buffer.byteLength(body)) };
  const head = Object.entries({ ...usual, ...headers }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`${[`${method} ${path} HTTP/1.1`, ...head].join('\r\n')}\r\n\r\n${body}`);
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(chunks)
    .toString()
    .replaceAll(/\r\n[\da-f]+\r\n/g, '');
}

/** The headers that repeat what is in a message. */
function namesIn(body: string): Readonly<Record<string, string>> {
  const [, method] = /"method":"([\w/]+)"/.exec(body) ?? [];
  const [, name] = /"name":"(\w+)"/.exec(body) ?? [];
  return {
    ...(method === undefined ? {} : { 'mcp-method': method }),
    ...(name === undefined ? {} : { 'mcp-name': name }),
  };
}

/** The messages in what came over HTTP, in a stream or alone. */
function messagesIn(answer: string): Fields[] {
  return Array.from(answer.matchAll(/^(?:data: )?(\{.*\})$/gm), ([, json]): Fields => JSON.parse(json ?? ''));
}

/** The ids of responses, as JSON; what had none that could be read is answered without. */
function idsOf(responses: readonly Fields[]): string[] {
  return responses.flatMap(({ id = null }) => (id === null ? [] : [JSON.stringify(id)]));
}

const OPENING = JSON.stringify({
  jsonrpc: '2.0',
  id: 'opening',
  ...INITIALIZE,
  params: { ...INITIALIZE.params, clientInfo: { name: SECRET, version: '1.0' } },
});

function callOf(era: Era, id: string, query: string): string {
  const meta = era === 'modern' ? `,"_meta":${JSON.stringify(META)}` : '';
  const params = `{"name":"claude_query","arguments":${query}${meta}}`;
  return `{"jsonrpc":"2.0","id":"${id}","method":"tools/call","params":${params}}`;
}

let requests = 0;

function newId(): string {
  return `good-${++requests}`;
}

/** A text with its ids, and at its full length. */
function expand(text: string): string {
  return text.replaceAll(
    /@|GIANT|LONG|NESTED|DEEP_LIST|DEEP_OBJECT/g,
    (name) => EXPANSIONS[name] ?? String(++requests),
  );
}

/** JSON of an object with some of these members. */
function objectOf(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  return fc.record(members, { requiredKeys: [] }).map(
    (object) =>
      `{${Object.entries(object)
        .map(([name, json]) => `"${name}":${json}`)
        .join(',')}}`,
  );
}
