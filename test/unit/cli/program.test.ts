import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { SHOWN_FLAGS } from '../../../src/cli/help.ts';
import { COMMANDS } from '../../../src/cli/commands/commands.ts';
import { type Invocation, parseArguments } from '../../../src/cli/program.ts';
import { SluiceError } from '../../../src/errors.ts';

/** What a command line means; words without blanks may be given as one text. */
function parsed(line: string | readonly string[]): Invocation {
  const argv = typeof line === 'string' ? line.split(' ') : line;
  return parseArguments(argv, { out: () => {}, columns: 80 });
}

/** The error of a command line. */
function errorOf(line: string): unknown {
  try {
    return parsed(line);
  } catch (error) {
    return error;
  }
}

describe('a flag of its own', () => {
  it.each<[string, object]>([
    ['batch items.jsonl --budget 5', { batchBudget: '5' }],
    ['hi --budget 5usd/day', { budget: ['5usd/day'] }],
    ['history -n 5', { historyLimit: '5' }],
    ['hi -n me', { name: 'me' }],
    ['history resume 1a --name me', { name: 'me' }],
  ])('is meant by a command, and that of all others elsewhere: %s', (line, flags) => {
    expect(parsed(line).flags).toEqual(flags);
  });
});

describe('a prompt', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['why did it fail?'], ['why did it fail?']],
    [
      ['why', 'did', 'it'],
      ['why', 'did', 'it'],
    ],
    [['-p', 'hi'], ['hi']],
    [['--print', 'hi'], ['hi']],
    [['hi', '-p'], ['hi']],
    [['-p', '/etc/hosts'], ['/etc/hosts']],
    [['-p', 'config'], ['config']],
    [
      ['-p', 'replay', 'this'],
      ['replay', 'this'],
    ],
    [['--model', 'opus', 'hi'], ['hi']],
    [
      ['hi', 'config'],
      ['hi', 'config'],
    ],
    [[], []],
  ])('of %j is %j', (argv, operands) => {
    expect(parsed(argv)).toMatchObject({ command: 'run', operands });
  });

  it('is told from a command', () => {
    expect(parsed('replay run.ndjson -o json')).toMatchObject({
      command: 'replay',
      operands: ['run.ndjson'],
      flags: { output: 'json' },
    });
    expect(parsed('-o json replay run.ndjson')).toMatchObject({ command: 'replay', flags: { output: 'json' } });
    expect(parsed('config')).toMatchObject({ command: 'config', operands: [] });
    expect(parsed('demo')).toMatchObject({ command: 'demo' });
  });
});

describe("claude's own command lines", () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['-p hi --output-format stream-json --verbose', { output: 'stream-json' }, ['hi']],
    ['-p hi --output-format json', { output: 'json' }, ['hi']],
    ['-p hi --output-format=text', { output: 'text' }, ['hi']],
    ['-p --input-format text hi', {}, ['hi']],
    ['-p hi --allowedTools Bash Read', { allowedTools: ['Bash', 'Read'] }, ['hi']],
    ['-p hi --allowed-tools Bash --allowed-tools Read', { allowedTools: ['Bash', 'Read'] }, ['hi']],
    ['-p --allowedTools=Bash,Read hi', { allowedTools: ['Bash,Read'] }, ['hi']],
    ['-p hi --disallowedTools Bash', { disallowedTools: ['Bash'] }, ['hi']],
    ['-p --settings s.json hi', { settings: 's.json' }, ['hi']],
    ['-p --agents {"a":{}} hi', { agents: '{"a":{}}' }, ['hi']],
    ['-p hi --mcp-config a.json b.json', { mcpConfig: ['a.json', 'b.json'] }, ['hi']],
    ['-p hi --add-dir ../a ../b', { addDir: ['../a', '../b'] }, ['hi']],
    ['-c hi', { continue: true }, ['hi']],
    ['-c -p hi', { continue: true }, ['hi']],
    ['-r 42 hi', { resume: '42' }, ['hi']],
    ['--resume=42 --fork-session hi', { resume: '42', forkSession: true }, ['hi']],
    ['-p hi --max-turns 3 --max-budget-usd 0.5', { maxTurns: '3', maxBudgetUsd: '0.5' }, ['hi']],
    ['-p hi --no-session-persistence', { noSessionPersistence: true }, ['hi']],
    ['-p hi --permission-mode plan', { permissionMode: 'plan' }, ['hi']],
    ['-p hi --dangerously-skip-permissions', { dangerouslySkipPermissions: true }, ['hi']],
    ['-p hi --debug', { debug: true }, ['hi']],
    ['-p hi --debug=api', { debug: 'api' }, ['hi']],
    ['-p hi --append-system-prompt=--terse', { appendSystemPrompt: '--terse' }, ['hi']],
    ['-p hi --include-partial-messages', { includePartialMessages: true }, ['hi']],
    ['-n x -p hi', { name: 'x' }, ['hi']],
  ])('%s', (line, flags, operands) => {
    expect(parsed(line)).toMatchObject({ command: 'run', operands });
    expect(parsed(line).flags).toEqual(flags);
  });

  it.each([
    ['--plugin-dir a --plugin-dir b hi', ['a', 'b']],
    ['--plugin-dir a hi', ['a']],
  ])('%s', (line, folders) => {
    expect(parsed(line).operands).toEqual(['hi']);
    expect([parsed(line).flags['pluginDir']].flat()).toEqual(folders);
  });

  it('take an empty list of tools', () => {
    expect(parsed(['--tools', '', '-p', 'hi']).flags).toEqual({ tools: [''] });
  });
});

describe('our own flags', () => {
  it.each(['--json --ndjson hi', '-o text --json hi', '--json --output-format stream-json hi'])(
    'ask for one output, not for two: %s',
    (line) => {
      expect(() => parsed(line)).toThrow(/ and --\S+ ask for different outputs; leave all but one out$/);
    },
  );

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['--json hi', { output: 'json' }],
    ['--ndjson hi', { output: 'ndjson' }],
    ['-o text hi', { output: 'text' }],
    ['-otext hi', { output: 'text' }],
    ['-o json --json hi', { output: 'json' }],
    ['--no-redact hi', { noRedact: true }],
    ['--redact hi', { noRedact: false }],
    ['--no-redact --redact hi', { noRedact: false }],
    ['--redact --no-redact hi', { noRedact: true }],
    ['--no-system-messages hi', { noSystemMessages: true }],
    ['--redact-input hi', { redactInput: true }],
    ['--no-redact-input hi', { redactInput: false }],
    ['--no-redact-input --redact-input hi', { redactInput: true }],
    ['--secret-env A,B --secret-env C hi', { secretEnv: ['A,B', 'C'] }],
    ['--secret-file a --secret-file b hi', { secretFiles: ['a', 'b'] }],
    ['--secret-pattern a=b=c hi', { secretPatterns: ['a=b=c'] }],
    ['--allow-secret-kind jwt hi', { allowSecretKinds: ['jwt'] }],
    ['--allow-secret-value=-x- hi', { allowSecretValues: ['-x-'] }],
    ['--allow-secret-pattern x+ hi', { allowSecretPatterns: ['x+'] }],
    ['--claude ./c hi', { claudePath: './c' }],
    ['-q hi', { quiet: true }],
    ['--timeout 5m --retries 0 hi', { timeout: '5m', retries: '0' }],
    ['hi', {}],
  ])('%s', (line, flags) => {
    expect(parsed(line).flags).toEqual(flags);
    expect(parsed(line).operands).toEqual(['hi']);
  });

  it('take files until the next flag', () => {
    expect(parsed('hi --file a.log b.log --quiet')).toMatchObject({
      operands: ['hi'],
      flags: { file: ['a.log', 'b.log'], quiet: true },
    });
  });

  it('are not settings when they are about the command line itself', () => {
    expect(parsed('--config ci.yaml hi')).toMatchObject({ config: 'ci.yaml', flags: {} });
    expect(parsed('hi')).toMatchObject({ config: undefined, version: false, print: false });
    expect(parsed('-v')).toMatchObject({ version: true });
    expect(parsed('--version')).toMatchObject({ version: true });
    expect(parsed('-p hi')).toMatchObject({ print: true });
  });
});

describe('the flags of a command', () => {
  it('are told with it', () => {
    expect(parsed('redact --check --report a b')).toMatchObject({
      command: 'redact',
      operands: ['a', 'b'],
      switches: new Set(['check', 'report']),
      flags: {},
    });
    expect(parsed('-q redact a --list-kinds -').switches).toEqual(new Set(['listKinds']));
    expect(parsed('redact - --secret-env A')).toMatchObject({ operands: ['-'], flags: { secretEnv: ['A'] } });
    expect(parsed('redact a -- --check')).toMatchObject({ switches: new Set(), operands: ['a', '--check'] });
    expect(parsed('hi').switches).toEqual(new Set());
  });

  it('stand in the place of general ones that are spelt alike', () => {
    expect(parsed('--budget 5usd/day hi').flags).toEqual({ budget: ['5usd/day'] });
    expect(parsed('batch items.jsonl --budget 5 hi').flags).toEqual({ batchBudget: '5' });
    expect(parsed('-p batch --budget 5usd/day').flags).toEqual({ budget: ['5usd/day'] });
  });

  it.each(['--check hi', 'replay --report x'])('are no flags of another: %s', (line) => {
    expect(errorOf(line)).toMatchObject({ code: 'usage', message: expect.stringMatching(/unknown option/) });
  });

  it('are explained by its help', () => {
    let text = '';
    expect(() => parseArguments(['redact', '--help'], { out: (piece) => (text += piece), columns: 80 })).toThrow(
      CommanderError,
    );
    for (const part of [
      'redact [options] [files...]',
      '--check',
      '--report',
      '--list-kinds',
      '--secret-env',
      'Exit codes',
    ])
      expect(text).toContain(part);
  });
});

describe('what stands behind --', () => {
  it('goes to claude as it is', () => {
    expect(parsed('hi -q -- --new-flag x -p --json')).toMatchObject({
      operands: ['hi'],
      flags: { quiet: true },
      passThrough: ['--new-flag', 'x', '-p', '--json'],
      print: false,
    });
    expect(parsed('hi').passThrough).toEqual([]);
    expect(parsed('hi --').passThrough).toEqual([]);
    expect(parsed('hi -- a -- b').passThrough).toEqual(['a', '--', 'b']);
  });

  it.each<[readonly string[], readonly string[]]>([
    [['-p', '--', 'why?'], ['why?']],
    [
      ['-p', '--', 'why', 'did it'],
      ['why', 'did it'],
    ],
    [
      ['--print', 'a', '--', 'b'],
      ['a', 'b'],
    ],
    [
      ['-p', '--model', 'opus', '--', '-x', '--json', '--'],
      ['-x', '--json', '--'],
    ],
    [['-cp', '--', 'config'], ['config']],
    [['--allowedTools', 'Read', '-p', '--', 'hi'], ['hi']],
    [['-p', '--'], []],
  ])('is the prompt with -p: %j', (argv, operands) => {
    expect(parsed(argv)).toMatchObject({ command: 'run', print: true, operands, passThrough: [] });
  });

  it('belongs to the operands of other commands', () => {
    expect(parsed('replay -- -odd-name.ndjson')).toMatchObject({ operands: ['-odd-name.ndjson'], passThrough: [] });
    for (const command of ['config', 'demo', 'mcp', 'token']) {
      expect(errorOf(`${command} -- --model opus`)).toMatchObject({
        code: 'usage',
        message: `-- --model: sluice ${command} passes nothing on to claude`,
      });
    }
  });
});

describe('a mistake', () => {
  it.each([
    ['--jsn hi', /unknown option '--jsn'.*did you mean --json.*sluice --help/i],
    ['--max-trns 3 hi', /unknown option '--max-trns'.*--max-turns/],
    ['--hologram', /unknown option '--hologram'; see sluice --help/],
    ['-z', /unknown option '-z'/],
    ['hi --model', /--model.*argument missing/],
    ['hi --timeout', /--timeout.*argument missing/],
    ['config too many', /too many arguments.*but got 2; see sluice config --help/],
    ['mcp --root', /--root.*argument missing; see sluice mcp --help/],
    ['-p hi --input-format stream-json', /stream-json.*invalid.*text/],
  ])('%s is told in one line', (line, message) => {
    const error = errorOf(line);
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^[^\n]+$/) });
  });
});

describe('help', () => {
  it.each([
    ['help', []],
    ['help auth', ['auth']],
    ['help redact', ['redact']],
    ['-q help me', ['me']],
  ])('is a command: %s', (line, operands) => {
    expect(parsed(line)).toMatchObject({ command: 'help', operands });
  });

  it('is no command where more words follow: they are a prompt', () => {
    expect(parsed('help me out')).toMatchObject({ command: 'run', operands: ['help', 'me', 'out'], passThrough: [] });
    expect(parsed('help me --model opus out -- --brief')).toMatchObject({
      command: 'run',
      operands: ['help', 'me', 'out'],
      flags: { model: 'opus' },
      passThrough: ['--brief'],
    });
  });

  it('goes to the output, and is no mistake', () => {
    for (const part of ['Options', 'Commands:', 'Examples:', 'Exit codes', '--timeout']) {
      expect(helpOf('--help')).toContain(part);
    }
  });

  it('shows the options that are used most, each in a line', () => {
    const flags = [...helpOf('--help').matchAll(/^ {2}(?:-\w, )?(--[\w-]+)(?: <\S+)? {2,}\S/gm)].map(
      ([, flag]) => flag,
    );
    expect(flags.length).toBeGreaterThan(15);
    expect(flags.slice(-2)).toEqual(['--version', '--help']);
    expect(flags).toEqual(SHOWN_FLAGS['run']);
  });

  it.each(['', ...COMMANDS.map(({ name }) => name)])('fits two screens: sluice %s', (command) => {
    const lines = helpOf(`${command} --help`.trim()).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(48);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

function helpOf(line: string): string {
  let text = '';
  let thrown: unknown;
  try {
    parseArguments(line.split(' '), { out: (piece) => (text += piece), columns: 80 });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(CommanderError);
  expect(thrown).toMatchObject({ exitCode: 0 });
  return text;
}
