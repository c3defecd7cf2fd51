import { describe, expect, it } from 'vitest';
import { checkRemote } from '../../../../src/cli/settings/check-remote.ts';
import { environmentLayer, type Layer, resolveSettings } from '../../../../src/config/layers.ts';

const typed = (values: Layer['values']): Layer => ({ name: 'command line', kind: 'flags', values, folder: '/here' });
const file = (kind: Layer['kind'], name: string, values: Layer['values']): Layer => ({
  name,
  kind,
  values,
  folder: '/',
});
const GATEWAY = typed({ gateway: 'http://127.0.0.1:8000' });

function check(layers: readonly Layer[], env: Readonly<Record<string, string>> = {}, passThrough: string[] = []): void {
  checkRemote(
    { passThrough },
    resolveSettings([...layers.slice(0, 1), environmentLayer('/here'), ...layers.slice(1)], env),
  );
}

describe('what is asked of a gateway', () => {
  it('may be all that callers may set, and all that is done on this side', () => {
    const values = {
      gateway: 'http://127.0.0.1:8000',
      model: 'sonnet',
      maxTurns: '3',
      allowedTools: ['Read'],
      timeout: '5m',
      resume: '11111111-2222-4333-8444-555555555555',
      jsonSchema: '{}',
      output: 'json',
      record: 'run.ndjson',
      full: true,
      failOn: 'denied',
      findings: true,
      rawInput: true,
      secretEnv: ['TOKEN'],
      lock: 'one',
      ask: true,
    };
    expect(() => check([typed(values)])).not.toThrow();
    expect(() =>
      check([GATEWAY], { SLUICE_CACHE: '0', SLUICE_SERVER_ROOTS: '/srv', SLUICE_ISOLATE: 'false' }),
    ).not.toThrow();
  });

  it.each([
    ['a flag', [typed({ ...GATEWAY.values, isolate: true })], {}, '--isolate: not with --gateway: '],
    [
      'a flag that sessions are about',
      [typed({ ...GATEWAY.values, continue: true })],
      {},
      '--continue: not with --gateway: a query says itself',
    ],
    ['a variable', [GATEWAY], { SLUICE_CLAUDE_PATH: '/x' }, 'SLUICE_CLAUDE_PATH: not with --gateway: '],
    [
      'a file',
      [GATEWAY, file('user file', 'config.json', { addDir: ['/x'] })],
      {},
      'config.json: addDir: not with --gateway: ',
    ],
    [
      "a project's file",
      [GATEWAY, file('project file', '.sluicerc.json', { tools: [] })],
      {},
      '.sluicerc.json: tools: not with',
    ],
    [
      'a cache',
      [typed({ ...GATEWAY.values, cache: '1h' })],
      {},
      '--cache: not with --gateway: answers are kept for runs of this',
    ],
  ] as const)('is nothing that %s sets for a claude of this machine', (_, layers, env, message) => {
    expect(() => check(layers, env)).toThrow(message);
  });

  it('names the layer that named the gateway, and what stands behind --', () => {
    expect(() => check([typed({})], { SLUICE_GATEWAY: 'http://127.0.0.1:8000' }, ['--foo'])).toThrow(
      '-- --foo: not with SLUICE_GATEWAY: options for claude are for its operator to give; leave it out',
    );
  });

  it.each(['gateway', 'gatewayTokenFile', 'gatewayPlainHttp'])("is no %s of a project's file", (name) => {
    const value = name === 'gatewayPlainHttp' ? true : 'http://127.0.0.1:8000';
    expect(() => check([typed({}), file('project file', '.sluicerc.json', { [name]: value })])).toThrow(
      /can only narrow/,
    );
  });
});
