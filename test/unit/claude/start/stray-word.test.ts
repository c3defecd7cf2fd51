import { describe, expect, it } from 'vitest';
import { strayWord } from '../../../../src/claude/start/stray-word.ts';

describe('strayWord', () => {
  it.each<[readonly string[], string]>([
    [['b'], 'b'],
    [[''], ''],
    [['b', '--brief'], 'b'],
    [['-'], '-'],
    [['--bare', 'b'], 'b'],
    [['--model', 'opus', 'b'], 'b'],
    [['--model=opus', 'b'], 'b'],
    [['--append-system-prompt', '--terse', 'b'], 'b'],
    [['--allowedTools=Read', 'b'], 'b'],
    [['-c', 'b'], 'b'],
    [['--debug', 'api', 'b'], 'b'],
    [['--settings', 's.json', 'b'], 'b'],
    [['--brief', '--', 'b'], 'b'],
    [['--', '-b'], '-b'],
  ])('of %j is %j', (args, word) => {
    expect(strayWord(args)).toBe(word);
  });

  it.each<[readonly string[]]>([
    [[]],
    [['--some-flag', 'value']],
    [['--some-list', 'one', 'two', '-x']],
    [['--some-flag=1', 'value']],
    [['--tools', 'Read', 'Grep']],
    [['--mcp-config', 'a.json', 'b.json', '--bare']],
    [['--debug', '--bare']],
    [['--append-system-prompt', '--terse']],
    [['--plugin-dir', 'a', '--plugin-dir', 'b']],
    [['--bare', '--']],
  ])('is not in %j', (args) => {
    expect(strayWord(args)).toBeUndefined();
  });
});
