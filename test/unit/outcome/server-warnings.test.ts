import { describe, expect, it } from 'vitest';
import { type GivenServer, type ServerState, serverWarnings } from '../../../src/outcome/server-warnings.ts';

const state = (name: string, status: string, error?: string): ServerState => ({ name, status, error });

const given = (name: string, fields: Partial<GivenServer> = {}): GivenServer => ({
  name,
  by: 'mcpConfig',
  flaw: null,
  isRepeated: false,
  ...fields,
});

describe('MCP servers that are not there', () => {
  it.each<[ServerState, string]>([
    [state('a', 'failed', ' no such program\n'), 'MCP server a not started: no such program'],
    [state('a', 'failed', ''), 'MCP server a not started'],
    [state('a', 'failed'), 'MCP server a not started'],
    [state('a', 'pending'), 'MCP server a was still starting; the run went on without it'],
    [state('a', 'needs-auth'), 'MCP server a wants a login; give it one in claude, with /mcp'],
    [state('a', 'tired', 'of it'), 'MCP server a: tired: of it'],
  ])('are told with the reason: %o', (server, warning) => {
    expect(serverWarnings({}, { heard: [server], given: [given('a')] })).toEqual([warning]);
    expect(serverWarnings({ mcp_servers: [server] }, { heard: null, given: [] })).toHaveLength(1);
  });

  it('are told as they were at the end', () => {
    const init = { mcp_servers: [state('late', 'pending'), state('down', 'failed')] };
    const heard = [state('late', 'connected'), state('down', 'failed', 'refused')];
    expect(serverWarnings(init, { heard, given: [] })).toEqual(['MCP server down not started: refused']);
  });

  it('are nobody’s business where nobody asked for them', () => {
    const heard = [state('claude.ai Mail', 'needs-auth'), state('mine', 'disabled'), state('good', 'connected')];
    expect(serverWarnings({}, { heard, given: [given('good')] })).toEqual([]);
  });

  it('are told when settings disable what was asked for', () => {
    expect(serverWarnings({}, { heard: [state('a', 'disabled')], given: [given('a')] })).toEqual([
      "MCP server a of mcpConfig is disabled in claude's settings",
    ]);
  });
});

describe('MCP servers that claude ignores', () => {
  const init = { mcp_servers: [state('good', 'connected')] };

  it('are told with what is wrong, as far as sluice or claude know it', () => {
    const mcp_server_errors = [
      { name: 'a', type: 'x', message: 'Skipped — add "type"' },
      { name: 'b', message: 7 },
      null,
    ];
    const servers = [given('good'), given('a'), given('b', { flaw: 'no type' }), given('c')];
    expect(serverWarnings({ ...init, mcp_server_errors }, { heard: null, given: servers })).toEqual([
      'MCP server a of mcpConfig was ignored: add "type"',
      'MCP server b of mcpConfig was ignored: no type',
      'MCP server c of mcpConfig was ignored; claude does not say why',
    ]);
  });

  it('are told when claude alone knows of them', () => {
    const mcp_server_errors = [{ name: 'a', message: 'Skipped — reserved' }];
    expect(serverWarnings({ ...init, mcp_server_errors }, { heard: null, given: [] })).toEqual([
      'MCP server a was ignored: reserved',
    ]);
  });

  it('of a file may be ignored for another reason', () => {
    const servers = [given('a', { by: '.mcp.json' }), given('b', { by: '.mcp.json', flaw: 'no type' })];
    expect(serverWarnings(init, { heard: null, given: servers })).toEqual([
      'MCP server b of .mcp.json was ignored: no type',
    ]);
  });

  it('are told when one name stands for two', () => {
    expect(serverWarnings(init, { heard: null, given: [given('good', { isRepeated: true })] })).toEqual([
      'MCP server good is in mcpConfig more than once; the last one counts',
    ]);
  });
});
