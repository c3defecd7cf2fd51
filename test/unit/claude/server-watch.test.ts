import { describe, expect, it } from 'vitest';
import { watchServers } from '../../../src/claude/server-watch.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { init, type Raw } from '../outcome/evidence.ts';

const begun = (...servers: readonly [name: string, status: string][]) =>
  recognise(init({ mcp_servers: servers.map(([name, status]) => ({ name, status })) }));

const answered = (response: unknown) => {
  const raw: Raw = { type: 'control_response', response: { subtype: 'success', request_id: 'sluice-1', response } };
  return recognise(raw);
};

describe('what is known of MCP servers', () => {
  it('is enough when all are there, or off', () => {
    const watch = watchServers();
    expect(watch.see(begun(['a', 'connected'], ['b', 'disabled'], ['claude.ai Mail', 'needs-auth']))).toBe(false);
    expect(watch.isTroubled()).toBe(false);
    expect(watch.heard()).toBeNull();
  });

  it('is not enough when one is not there, until it comes', () => {
    const watch = watchServers();
    expect(watch.see(begun(['a', 'pending'], ['b', 'failed']))).toBe(true);
    const down = { name: 'b', status: 'failed', error: 'refused', config: { command: 'secret' }, tools: [] };
    expect(watch.see(answered({ mcpServers: [{ name: 'a', status: 'pending' }, down] }))).toBe(false);
    expect(watch.isTroubled()).toBe(true);
    watch.see(
      answered({
        mcpServers: [
          { name: 'a', status: 'connected' },
          { ...down, status: 'connected' },
        ],
      }),
    );
    expect(watch.isTroubled()).toBe(false);
    expect(watch.heard()).toEqual([
      { name: 'a', status: 'connected' },
      { name: 'b', status: 'connected', error: 'refused' },
    ]);
  });

  it('is not changed by other answers', () => {
    const watch = watchServers();
    for (const odd of [undefined, null, 7, {}, { mcpServers: 7 }]) watch.see(answered(odd));
    expect(watch.heard()).toBeNull();
    watch.see(answered({ mcpServers: [null, 7, { name: 7 }, { name: 'a', status: 'failed', error: 7 }] }));
    expect(watch.heard()).toEqual([{ name: 'a', status: 'failed' }]);
  });
});
