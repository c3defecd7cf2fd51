import { describe, expect, it } from 'vitest';
import { type Candidates, candidatesFor, type ValuesOf } from '../../../src/cli/completion/candidates.ts';
import { knownValues } from '../../../src/cli/completion/values.ts';
import { COMMANDS } from '../../../src/cli/commands/commands.ts';
import { setUp } from '../doctor/set-up.ts';

const values: ValuesOf = knownValues({ env: { HOME: '/nowhere' }, cwd: '/' });

const wordsOf = (candidates: Candidates) => (candidates === 'files' ? 'files' : candidates.map(({ word }) => word));
const after = async (...words: string[]) => wordsOf(await candidatesFor(words, values));

describe('a command line', () => {
  it('begins with a command, or a prompt', async () => {
    expect(await after('')).toEqual(COMMANDS.map(({ name }) => name));
    expect(await after('repl')).toEqual(['replay']);
    expect(await after('why')).toEqual([]);
  });

  it.each([
    ['flags by their beginning', ['--max-t'], ['--max-turns']],
    [
      'the long spelling of a short flag',
      ['-'],
      expect.arrayContaining(['--output', '--continue', '--json', '--help']),
    ],
    ['one spelling of several', ['--allowed'], ['--allowed-tools']],
    ['flags of a command, and those that all have', ['redact', '--'], expect.arrayContaining(['--report', '--quiet'])],
    ['no flags of a run where those are refused', ['redact', '--m'], []],
    ['formats where a command prints JSON', ['explain', '--js'], ['--json']],
    ['no formats where it does not', ['redact', '--js'], []],
    ['no flags of another command', ['hi', '--tran'], []],
    ['flags of a server for those who look at one', ['doctor', 'mcp', '--tran'], ['--transport']],
    ['words of a flag', ['--permission-mode', 'ac'], ['acceptEdits']],
    ['words of a flag with "="', ['--permission-mode=ac'], ['--permission-mode=acceptEdits']],
    ['words that are known among others', ['--model', 'so'], ['sonnet']],
    ['each word of a list', ['--allowed-tools', 'Read', 'WebS'], ['WebSearch']],
    ['words of a list of a few', ['mcp', '--allow-modes', 'pl'], ['plan']],
    ['kinds of secret', ['--allow-secret-kind', 'github'], expect.arrayContaining(['github-token'])],
    ['topics and commands', ['help', 'm'], ['messages', 'mcp', 'mcp']],
    ['shells', ['completion', 'z'], ['zsh']],
    ['templates by their names', ['-t', 'log'], ['log-triage']],
    ['templates with "="', ['--template=rel'], ['--template=release-notes']],
    ['what can be done about templates', ['templates', ''], ['list', 'show', 'check']],
    ['templates to be shown', ['templates', 'show', 'pr'], ['pr-review']],
    ['no template to be listed', ['templates', 'list', ''], []],
    ['what can be done about kept answers', ['cache', ''], ['list', 'clear']],
    ['what can be done about kept runs', ['history', 're'], ['resume']],
    ['no runs where none are kept', ['history', 'show', ''], []],
    ['servers to look at', ['doctor', ''], ['mcp', 'serve']],
    ['nothing behind --', ['-p', '--', '--mo'], []],
    ['nothing for the value of a flag that may be anything', ['--max-turns', ''], []],
    ['nothing for a prompt', ['--json', 'w'], []],
  ])('goes on with %s', async (_, words, expected) => {
    expect(await after(...words)).toEqual(expected);
  });

  it.each([
    [['--record', '']],
    [['--file', 'a', '']],
    [['--mcp-config', '']],
    [['redact', '']],
    [['replay', '']],
    [['batch', 'a', '']],
    [['condense', '']],
  ])('goes on with files: %j', async (words) => {
    expect(await after(...words)).toBe('files');
  });

  it('goes on with the sessions of the folder, the newest first, and with no others', async () => {
    const [one, two, other] = ['1', '2', '3'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
    const { cwd, env } = setUp();
    const files = { [`a/${one}`]: cwd, [`b/${two}`]: cwd, [`a/${other}`]: '/elsewhere', 'a/no-session': cwd };
    const home = setUp(
      Object.fromEntries(
        Object.entries(files).map(([name, folder]) => [
          `.claude/projects/${name}.jsonl`,
          `${JSON.stringify({ cwd: folder })}\n`,
        ]),
      ),
    );
    const sessions = await candidatesFor(['--resume', ''], knownValues({ env: { ...env, HOME: home.home }, cwd }));
    expect(wordsOf(sessions)).toHaveLength(2);
    expect(wordsOf(sessions)).toEqual(expect.arrayContaining([one, two]));
  });
});
