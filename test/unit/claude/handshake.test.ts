import { worded } from '../../../src/errors.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Handshake, type HandshakeCheck, shakeHands } from '../../../src/claude/handshake.ts';
import { handshakeChecks } from '../../../src/claude/handshake-checks.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Raw } from '../outcome/evidence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const about = (subtype: string, detail: string | null = null): HandshakeCheck => ({
  request: { subtype },
  objection: () => (detail === null ? null : { reason: 'unmet', detail }),
});

function begin(...checks: readonly HandshakeCheck[]): { handshake: Handshake; asked: string[]; told: string[] } {
  const [asked, told]: [string[], string[]] = [[], []];
  const ask = ({ subtype }: HandshakeCheck['request']): string => (asked.push(subtype), subtype);
  const handshake = shakeHands(checks, ask, ({ detail }) => told.push(worded(detail)));
  return { handshake, asked, told };
}

const answer = (request_id: string, fields: object = { subtype: 'success' }) => {
  const raw: Raw = { type: 'control_response', response: { request_id, ...fields } };
  return recognise(raw);
};

describe('the handshake', () => {
  it('puts all checks at once, and holds the prompt until all are answered', () => {
    const { handshake, asked, told } = begin(about('one'), about('two'));
    const go = vi.fn<() => void>();
    expect(asked).toEqual(['one', 'two']);
    handshake.whenSettled(go);
    handshake.see(answer('two'));
    handshake.see(answer('three'));
    expect(go).not.toHaveBeenCalled();
    handshake.see(answer('one', { subtype: 'error', error: 'unheard of' }));
    handshake.see(answer('one'));
    vi.runAllTimers();
    expect(go).toHaveBeenCalledTimes(1);
    expect(told).toEqual([]);
  });

  it('holds nothing where there is nothing to ask, or the answers came before the prompt', () => {
    const go = vi.fn<() => void>();
    begin().handshake.whenSettled(go);
    const { handshake } = begin(about('one'));
    handshake.see(answer('one'));
    handshake.whenSettled(go);
    expect(go).toHaveBeenCalledTimes(2);
  });

  it('holds the prompt for good when there is an objection', () => {
    const { handshake, told } = begin(about('one', 'better not'), about('two'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    handshake.see(answer('one'));
    handshake.see(answer('two'));
    vi.runAllTimers();
    expect(told).toEqual(['better not']);
    expect(go).not.toHaveBeenCalled();
  });

  it('goes on after a while with a claude that does not answer', () => {
    const { handshake } = begin(about('one'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    vi.advanceTimersByTime(14_999);
    expect(go).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('lets go of everything at its end', () => {
    const { handshake } = begin(about('one'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    handshake.end();
    handshake.see(answer('one'));
    vi.runAllTimers();
    expect(go).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what claude is asked before the prompt', () => {
  it('is nothing, as a rule', () => {
    expect(handshakeChecks({ schema: true, tools: ['Read'] }, { agents: { spy: {} } })).toEqual([]);
  });

  it('is whether there is the agent, with those it has to be told of', () => {
    const [check] = handshakeChecks({ agent: 'spy' }, { agents: { spy: {} } });
    expect(check?.request).toEqual({ subtype: 'initialize', agents: { spy: {} } });
    expect(check?.objection({ agents: [{ name: 'Explore' }, { name: 'spy' }] })).toBeNull();
    expect(worded(check?.objection({ agents: [{ name: 'Explore' }] })?.detail ?? '')).toMatch(/^agent spy: /);
    for (const odd of [undefined, null, 7, {}, { agents: 'spy' }]) expect(check?.objection(odd)).toBeNull();
    expect(worded(check?.objection({ agents: [null, 7] })?.detail ?? '')).toMatch(/^agent spy: /);
  });

  const servers = (states: Readonly<Record<string, string>>): object => ({
    mcpServers: Object.entries(states).map(([name, status]) => ({ name, status })),
  });

  it('is whether MCP servers are there that are not to be done without', () => {
    const [check] = handshakeChecks({ requireMcp: ['db'] }, {});
    expect(check?.request).toEqual({ subtype: 'mcp_status' });
    const told = (states: Readonly<Record<string, string>>): string => {
      const objection = check?.objection(servers(states));
      return objection ? `${objection.reason}: ${worded(objection.detail)}` : '';
    };
    expect(told({ db: 'connected', web: 'failed' })).toBe('');
    expect(told({ db: 'failed' })).toBe('server_missing: requireMcp: MCP server db did not start');
    expect(told({ web: 'connected' })).toBe('server_missing: requireMcp: MCP server db is not there; claude has web');
    expect(told({})).toBe('server_missing: requireMcp: MCP server db is not there; claude has none');
    for (const odd of [undefined, null, 7, {}, { mcpServers: 7 }]) expect(check?.objection(odd)).not.toBeNull();
  });

  it('is asked again while a server is still starting, and no other is missing', () => {
    const [check] = handshakeChecks({ requireMcp: ['all'] }, {});
    const isOpen = (states: Readonly<Record<string, string>>): boolean => check?.isOpen?.(servers(states)) ?? false;
    expect(isOpen({ db: 'pending', web: 'connected', 'claude.ai Gmail': 'needs-auth' })).toBe(true);
    expect(isOpen({ db: 'pending', web: 'failed' })).toBe(false);
    expect(isOpen({ db: 'connected' })).toBe(false);
    expect(check?.objection(servers({ db: 'disabled', 'claude.ai Gmail': 'needs-auth' }))).toBeNull();
  });
});

describe('an answer that is not final', () => {
  it('is asked for again, for half a minute', () => {
    const answers = ['soon', 'soon', 'now'];
    const check: HandshakeCheck = {
      request: { subtype: 'one' },
      isOpen: (said) => said === 'soon',
      objection: (said) => (said === 'soon' ? { reason: 'server_missing', detail: 'never' } : null),
    };
    const { handshake, asked } = begin(check);
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    for (const response of answers) {
      expect(go).not.toHaveBeenCalled();
      handshake.see(answer('one', { subtype: 'success', response }));
      vi.advanceTimersByTime(100);
    }
    expect(go).toHaveBeenCalledTimes(1);
    expect(asked).toEqual(['one', 'one', 'one']);

    const late = begin(check);
    late.handshake.see(answer('one', { subtype: 'success', response: 'soon' }));
    vi.advanceTimersByTime(30_100);
    late.handshake.see(answer('one', { subtype: 'success', response: 'soon' }));
    expect(late.told).toEqual(['never']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
