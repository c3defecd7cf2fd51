import { describe, expect, it } from 'vitest';
import { nameInFiles, strayVariables } from '../../../src/config/derived-names.ts';

describe('a variable that sets nothing', () => {
  it.each([
    ['SLUICE_AUDIT', 'SLUICE_SERVER_AUDIT'],
    ['SLUICE_MAX_RUNS', 'SLUICE_SERVER_MAX_RUNS'],
    ['SLUICE_PORT', 'SLUICE_MCP_PORT'],
    ['SLUICE_TIMEOOUT', 'SLUICE_TIMEOUT'],
    ['SLUICE_CLAUDE', 'SLUICE_CLAUDE_PATH'],
    ['SLUICE_SECRET_FILE', 'SLUICE_SECRET_FILES'],
    ['SLUICE_ROOT', 'SLUICE_SERVER_ROOTS'],
    ['SLUICE_JSON', 'SLUICE_OUTPUT=json'],
    ['SLUICE_OUTPUT_FORMAT', 'SLUICE_OUTPUT'],
    ['SLUICE_HTTP', 'SLUICE_MCP_TRANSPORT=streamable-http'],
  ])('%s was meant to be %s', (wrong, meant) => {
    expect(strayVariables({ [wrong]: 'x' })).toEqual([`${wrong} sets nothing; did you mean ${meant}?`]);
  });
});

it.each([
  ['SLUICE_FILE', '; --file is for the command line alone'],
  ['SLUICE_PROMPT_FILE', '; --prompt-file is for the command line alone'],
  ['SLUICE_MOON_PHASE', ''],
])('%s cannot be set by a variable', (name, hint) => {
  expect(strayVariables({ [name]: 'x', SLUICE_RUN: 'x' })).toEqual([`${name} sets nothing${hint}`]);
});

describe('the name of an option in files', () => {
  it('has the section that options of servers stand in', () => {
    expect(['serverMaxRuns', 'mcpPort', 'mcpConfig', 'maxTurns'].map(nameInFiles)).toEqual([
      'server.maxRuns',
      'mcp.port',
      'mcpConfig',
      'maxTurns',
    ]);
  });
});
