import { describe, expect, it } from 'vitest';
import { foldFacts } from '../../../src/outcome/facts.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { lookBack } from '../../../src/run/look-back.ts';
import { init, type Raw, result, SESSION } from '../outcome/evidence.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const LOST = `No conversation found with session ID: ${SESSION}`;

const time = Date.parse('2026-01-01T00:00:00.000Z');

/** A home with one session, which began in /elsewhere, and an MCP server that claude ignores. */
function home(): { readonly host: { readonly env: Record<string, string> }; readonly cwd: string } {
  const line = JSON.stringify({ cwd: '/elsewhere', timestamp: new Date(time).toISOString() });
  const cwd = temporaryFolder({
    [`.claude/projects/-elsewhere/${SESSION}.jsonl`]: `${line}\n`,
    '.mcp.json': '{"mcpServers":{"a":{}}}',
  });
  return { host: { env: { HOME: cwd } }, cwd };
}

function facts(...messages: readonly Raw[]) {
  const fold = foldFacts();
  for (const message of messages) fold.see(recognise(message));
  return fold.facts();
}

describe('looking back at a run', () => {
  it('finds the folder of a session that was not found', () => {
    const { host, cwd } = home();
    const options = { cwd, prompt: 'hi', resume: SESSION };
    const failed = facts(result({ subtype: 'error_during_execution', is_error: true, errors: [LOST] }));
    expect(lookBack(options, host, failed, '', 0).sessionFolder).toBe('/elsewhere');
    expect(lookBack(options, host, facts(), LOST, 0).sessionFolder).toBe('/elsewhere');
    expect(lookBack(options, host, facts(), 'error: something else', 0).sessionFolder).toBeNull();
    expect(lookBack({ ...options, resume: 'title' }, host, facts(), LOST, 0).sessionFolder).toBeNull();
  });

  it('finds out that there was nothing to continue', () => {
    const { host, cwd } = home();
    const options = { cwd, prompt: 'hi', continue: true };
    expect(lookBack(options, host, facts(init()), '', time).beganAnew).toBe(true);
    expect(lookBack(options, host, facts(init()), '', time + 1).beganAnew).toBe(false);
    expect(lookBack({ ...options, forkSession: true }, host, facts(init()), '', time).beganAnew).toBe(false);
    expect(lookBack({ ...options, continue: false }, host, facts(init()), '', time).beganAnew).toBe(false);
  });

  it('finds MCP servers, and of those that are discreet no more than was asked for', () => {
    const { host, cwd } = home();
    const options = { cwd, prompt: 'hi', resume: SESSION, mcpConfig: '{"mcpServers":{"b":{}}}' };
    const names = (discreet: boolean): string[] =>
      lookBack(options, { ...host, discreet }, facts(), '', 0).servers.map(({ name }) => name);
    expect(names(false)).toEqual(['b', 'a']);
    expect(names(true)).toEqual(['b']);
    expect(lookBack(options, { ...host, discreet: true }, facts(), LOST, 0).sessionFolder).toBeNull();
  });
});
