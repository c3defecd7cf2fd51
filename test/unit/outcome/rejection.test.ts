import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import { evidence, init, result } from './evidence.ts';

const outcomeOf = (stderr: string, code: number | null = 1) =>
  classify(evidence([], { stderr, exit: { code, signal: null } }));

describe('a claude that does not start, and says why', () => {
  it.each<[stderr: string, expected: string, code?: number]>([
    ['Error processing --setting-sources: Invalid setting source: bogus.', 'usage'],
    ["--mcp-config is disabled by your organization's managed settings (disableSideloadFlags).", 'usage'],
    ['Invalid proxy URL in HTTPS_PROXY: "bogus" cannot be parsed as a URL.\nFix or unset HTTPS_PROXY.', 'usage'],
    ['/etc/claude-code/managed-settings.json: the document could not be parsed as a JSON object.', 'usage'],
    ["--agent 'nobody' not found. Available agents: general-purpose", 'usage'],
    ["This machine's managed settings require a first-party login.\n\nRemove it and run: claude auth login", 'auth'],
    ["ls: unrecognized option '--output-format'", 'claude_not_found'],
    ['sh: 1: claude: not found', 'claude_not_found', 127],
    ['panicked at src/main.rs', 'crashed'],
    ['ENOSPC: no space left on device, write', 'crashed'],
    ['error: out of memory', 'crashed'],
    ['TypeError: boom\n    at main (/$bunfs/root/claude:1:2)', 'crashed'],
    ['Segmentation fault', 'crashed', 139],
    ['', 'crashed'],
  ])('%s: %s', (stderr, expected, code = 1) => {
    expect(outcomeOf(`${stderr}\n`, code).class).toBe(expected);
  });

  it('is told with all that says why', () => {
    const stderr = [
      "Warning: Unknown --effort value 'bogus'",
      '',
      'Invalid proxy URL in HTTPS_PROXY.',
      'Fix or unset HTTPS_PROXY.',
    ].join('\n');
    expect(outcomeOf(stderr.slice(stderr.indexOf('Invalid'))).message).toBe(
      'claude rejected the run: Invalid proxy URL in HTTPS_PROXY. Fix or unset HTTPS_PROXY.',
    );
    expect(outcomeOf(`${stderr}\n\nError: Settings file not found: x.json\n`).message).toBe(
      'claude rejected the run: Error: Settings file not found: x.json',
    );
    expect(outcomeOf('Warning: w\nError: Invalid MCP configuration:\nmcpServers: expected record\n').message).toBe(
      'claude rejected the run: Error: Invalid MCP configuration: mcpServers: expected record',
    );
  });

  it('says how to log in only where claude does not', () => {
    expect(outcomeOf('No.\n\nTo go on: unset ANTHROPIC_API_KEY, then run: claude auth login\n').message).not.toMatch(
      /set ANTHROPIC_API_KEY or log in/,
    );
    const failed = result({ is_error: true, api_error_status: 401, result: 'Not logged in · Please run /login' });
    expect(classify(evidence([init(), failed])).message).toMatch(/; set ANTHROPIC_API_KEY or log in with "claude"$/);
  });

  it.each([
    ['sideload_flags_disabled', 'usage'],
    ['something_new', 'usage'],
    ['org_pin_mismatch', 'auth'],
    ['org_config_required_unavailable', 'network'],
    ['cli_version_too_old', 'claude_not_found'],
  ])('with the reason %s in its result, is %s', (reason, expected) => {
    const refused = result({
      subtype: 'error_during_execution',
      is_error: true,
      result: undefined,
      errors: ['It is not to be.'],
      startup_failure_reason: reason,
    });
    const outcome = classify(evidence([refused], { exit: { code: 1, signal: null } }));
    expect(outcome.class).toBe(expected);
    expect(outcome.message).toContain('It is not to be');
  });
});

describe('what ended well, and without a word', () => {
  it('is a crash where it says that it is Claude Code', () => {
    const outcome = classify(evidence([], { isClaude: true }));
    expect(outcome).toMatchObject({
      class: 'crashed',
      exitCode: 6,
      message: expect.stringContaining('without a word'),
    });
  });

  it('is no claude where it does not, or nobody asked', () => {
    expect(classify(evidence([], { isClaude: false })).class).toBe('claude_not_found');
    expect(classify(evidence([])).class).toBe('claude_not_found');
  });

  it('does not matter with words, or another exit code', () => {
    expect(classify(evidence([], { isClaude: true, stderr: 'words' })).class).toBe('crashed');
    expect(classify(evidence([], { isClaude: true, exit: { code: 127, signal: null } })).class).toBe(
      'claude_not_found',
    );
  });
});
