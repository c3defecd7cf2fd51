import { describe, expect, it } from 'vitest';
import { nameInFiles, strayVariables } from '../../../src/config/names.ts';

describe('a variable that sets nothing', () => {
  it.each([
    ['SLUICE_AUDIT', 'SLUICE_SERVER_AUDIT'],
    ['SLUICE_MAX_RUNS', 'SLUICE_SERVER_MAX_RUNS'],
    ['SLUICE_PORT', 'SLUICE_MCP_PORT'],
    ['SLUICE_TIMEOOUT', 'SLUICE_TIMEOUT'],
  ])('%s was meant to be %s', (wrong, meant) => {
    expect(strayVariables({ [wrong]: 'x' })).toEqual([`${wrong} sets nothing; did you mean ${meant}?`]);
  });
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
