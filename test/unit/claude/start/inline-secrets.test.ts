import { describe, expect, it } from 'vitest';
import { inlineSecrets } from '../../../../src/claude/start/inline-secrets.ts';

describe('inlineSecrets', () => {
  const servers = {
    mcpServers: {
      local: { command: 'server-command', args: ['argument'], env: { TOKEN: 'hidden-token-1', PORT: '8080' } },
      remote: { type: 'http', url: 'https://example.test', headers: { Authorization: 'Bearer hidden-token-2' } },
    },
  };

  it.each([
    ['an object', servers],
    ['JSON', JSON.stringify(servers)],
    ['a list of both', [JSON.stringify(servers), './other.json']],
  ])('finds what %s hands to others as environment or headers, and nothing else', (_, mcpConfig) => {
    expect(inlineSecrets({ mcpConfig })).toEqual(['hidden-token-1', 'Bearer hidden-token-2', 'hidden-token-2']);
  });

  it('looks into settings and agents too', () => {
    const env = { KEY: 'hidden-key-1' };
    expect(
      inlineSecrets({ settings: { env }, agents: { spy: { mcpServers: [{ a: { env: { B: 'hidden-key-2' } } }] } } }),
    ).toEqual(['hidden-key-1', 'hidden-key-2']);
  });

  it.each([
    ['nothing', {}],
    ['a path', { mcpConfig: './mcp.json' }],
    ['broken JSON', { settings: '{"env":' }],
    ['no environment', { settings: { model: 'a-long-model-name' } }],
    ['short values', { settings: { env: { DEBUG: 'true', PORT: 8080 } } }],
  ])('finds none in %s', (_, options) => {
    expect(inlineSecrets(options)).toEqual([]);
  });
});
