import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenServers } from '../../../../src/claude/start/given-servers.ts';
import { repeatedNames } from '../../../../src/claude/start/repeated-names.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const good = { command: 'node', args: ['server.js'] };
const config = (mcpServers: object): string => JSON.stringify({ mcpServers });

const at = (cwd: string, env: Readonly<Record<string, string>> = { HOME: '/nowhere' }) => ({ env, cwd });

/** What is wrong with one server of --mcp-config. */
const flawOf = (server: unknown): string | null | undefined =>
  givenServers({ mcpConfig: { mcpServers: { a: server } }, strictMcpConfig: true }, at('/'))[0]?.flaw;

describe('the MCP servers that a run is given', () => {
  it('are those of --mcp-config, as JSON, objects and files', () => {
    const folder = temporaryFolder({ 'mcp.json': config({ c: good }) });
    const mcpConfig = [
      config({ a: good }),
      { mcpServers: { b: good } },
      join(folder, 'mcp.json'),
      join(folder, 'gone.json'),
      '{"mcpServers":7}',
    ];
    expect(givenServers({ mcpConfig, strictMcpConfig: true }, at(folder))).toEqual(
      ['a', 'b', 'c'].map((name) => ({ name, by: 'mcpConfig', flaw: null, isRepeated: false })),
    );
    expect(givenServers({}, at(folder))).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a url without a type', { url: 'https://example.com' }, /^it has a "url" and no "type"; add "type": "http"/],
    ['an unknown type', { type: 'pigeon', url: 'x' }, /^its type "pigeon" is unknown$/],
    ['a type that is no text', { type: 7 }, /^its type 7 is unknown$/],
    ['no url', { type: 'http' }, /^it has no "url"$/],
    ['no command', {}, /^it has no "command"$/],
    ['a command that is none', { type: 'stdio', command: ['node'] }, /^it has no "command"$/],
    ['arguments in one text', { command: 'node', args: 'x' }, /^its "args" are no list$/],
    ['no object', 'node', /^it is no object$/],
    ['null', null, /^it is no object$/],
  ])('have a flaw when there is %s', (_, server, flaw) => {
    expect(flawOf(server)).toMatch(flaw);
  });

  it.each([
    good,
    { type: 'stdio', ...good },
    { type: 'http', url: 'x' },
    { type: 'sse', url: 'x' },
    { type: 'sdk', name: 'a' },
  ])('have none otherwise: %o', (server) => {
    expect(flawOf(server)).toBeNull();
  });

  it('are not loaded in safe mode', () => {
    expect(givenServers({ mcpConfig: config({ a: good }), safeMode: true }, at('/'))).toMatchObject([
      { flaw: 'safe mode loads none' },
    ]);
  });

  it('are those of .mcp.json too, here and further up, unless claude is not to read it', () => {
    const folder = temporaryFolder({ '.mcp.json': config({ up: {} }), 'in/.mcp.json': config({ here: good }) });
    const cwd = join(folder, 'in');
    expect(givenServers({}, at(cwd))).toEqual([
      { name: 'here', by: '.mcp.json', flaw: null, isRepeated: false },
      { name: 'up', by: '../.mcp.json', flaw: 'it has no "command"', isRepeated: false },
    ]);
    for (const options of [{ strictMcpConfig: true }, { bare: true }, { safeMode: true }, { settingSources: 'user' }]) {
      expect(givenServers(options, at(cwd))).toEqual([]);
    }
    expect(givenServers({ settingSources: 'user,project' }, at(cwd))).toHaveLength(2);
  });

  it('are those of the user too, unless claude is not to read them, or they are hard to find', () => {
    const files = { 'home/.claude.json': config({ mine: good }), 'conf/.claude.json': config({ other: {} }) };
    const folder = temporaryFolder({ ...files, 'big/.claude.json': config({ big: 'x'.repeat(2 ** 20) }) });
    const HOME = join(folder, 'home');
    expect(givenServers({}, at(folder, { HOME }))).toEqual([
      { name: 'mine', by: join(HOME, '.claude.json'), flaw: null, isRepeated: false },
    ]);
    expect(givenServers({}, at(folder, { HOME, CLAUDE_CONFIG_DIR: 'conf' }))).toMatchObject([{ name: 'other' }]);
    expect(givenServers({ settingSources: 'project' }, at(folder, { HOME }))).toEqual([]);
    expect(givenServers({}, at(folder, { HOME: join(folder, 'big') }))).toEqual([]);
  });

  it('are told from each other when two have one name', () => {
    const twice = `{"mcpServers":{"a":{},"b":{"a":1,"a":2},"a":${JSON.stringify(good)}}}`;
    const across = [config({ a: good, c: good }), config({ c: good })];
    const repeated = (mcpConfig: string | string[]): string[] =>
      givenServers({ mcpConfig, strictMcpConfig: true }, at('/')).flatMap(({ name, isRepeated }) =>
        isRepeated ? name : [],
      );
    expect(repeated(twice)).toEqual(['a']);
    expect(repeated(across)).toEqual(['c']);
  });
});

describe('repeatedNames', () => {
  it.each<[string, string[]]>([
    ['{"mcpServers":{"a":{},"\\u0061":{}}}', ['a']],
    ['{"x":{"a":1,"a":2},"mcpServers":{"a":["a","a",{"a":"a"}],"b":"a\\",\\"b\\":"}}', []],
    ['{"a":1,"a":2}', []],
    ['[{"mcpServers":{"a":1,"a":1}}]', []],
    ['{"mcpServers":{"a":1', []],
    ['', []],
    ['}{":,', []],
  ])('%s', (json, names) => {
    expect(repeatedNames(json)).toEqual(names);
  });
});
