import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../src/cli/commands/commands.ts';
import { knownValues } from '../../../../src/cli/completion/values.ts';
import { rejectCommandWord } from '../../../../src/cli/input/command-word.ts';
import { parseArguments } from '../../../../src/cli/program.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const check =
  (argv: readonly string[], cwd = '/') =>
  () =>
    rejectCommandWord(parseArguments(argv, { out: () => {}, columns: 80 }), { cwd });

describe('a word that looks like a command', () => {
  it.each([
    ['repaly', 'replay'],
    ['Replay', 'replay'],
    ['replya', 'replay'],
    ['confg', 'config'],
    ['conifg', 'config'],
    ['demoo', 'demo'],
    ['redcat', 'redact'],
    ['dmo', 'demo'],
    ['mpc', 'mcp'],
    ['hlep', 'help'],
    ['Help', 'help'],
  ])('%s is refused before it costs anything', (word, meant) => {
    expect(check([word])).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(
          new RegExp(`no command "${word}"; did you mean "${meant}"\\?.*sluice -p ${word}`),
        ),
      }),
    );
  });

  it.each([
    [['repaly', 'run.ndjson'], 'replay'],
    [['redcat', 'logs/today'], 'redact'],
    [['hlep', 'auth'], 'help'],
    [['hlep', 'replay'], 'help'],
    [['cahce', 'clear'], 'cache'],
  ])('is refused with what it takes, too: %j', (argv, meant) => {
    expect(check(argv)).toThrow(`did you mean "${meant}"? To ask it: sluice -p ${argv.join(' ')}`);
  });

  it.each(COMMANDS.map(({ name }) => name))('is refused with each word that %s takes', (name) => {
    const words = knownValues({ env: {}, cwd: '/' }).operand(name, []);
    for (const { word } of Array.isArray(words) ? words : []) expect(check([`${name}x`, word])).toThrow(name);
  });

  it.each([
    ['redcat', 'logfile'],
    ['redcat', 'logfile', 'other'],
    ['reprot', 'logfile'],
    ['Explain', 'logfile'],
  ])('is refused with files that are there: %s %s', (...argv) => {
    const folder = temporaryFolder();
    const run = check(argv, folder);
    expect(run).not.toThrow();
    for (const name of argv.slice(1)) writeFileSync(join(folder, name), '');
    expect(run).toThrow('did you mean');
  });

  it('is a prompt with a file that is nothing to the command, or with a folder', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'it'), '');
    mkdirSync(join(folder, 'testing'));
    expect(check(['hepl', 'it'], folder)).not.toThrow();
    expect(check(['react', 'testing'], folder)).not.toThrow();
    expect(check(['Explain', 'why? '.repeat(100)], folder)).not.toThrow();
    expect(check(['replya', 'it', 'it'], folder)).not.toThrow();
  });

  it.each([
    ['a prompt of several words', ['repaly the last song']],
    ['three words', ['repaly', 'the', 'song']],
    ['another word', ['hello']],
    ['a word that is nearly help', ['heap', 'overflow']],
    ['a word that is nearly batch', ['match', 'these']],
    ['a word that is nearly redact', ['react', 'testing']],
    ['a command in capitals with another word', ['Explain', 'this']],
    ['one that is nearly help behind -p', ['-p', 'hlep']],
    ['a short word that is no command', ['hi']],
    ['a prompt behind -p', ['-p', 'repaly']],
    ['nothing', []],
  ])('is not %s', (_, argv) => {
    expect(check(argv)).not.toThrow();
  });
});

describe("a word that is a command of claude's", () => {
  it.each([
    ['update', /"update" is no prompt but a command; run "claude update"\. To ask it: sluice -p update$/],
    ['update', /run "claude update"/],
    ['Login', /run "claude auth login"\. To ask it: sluice -p Login$/],
    ['setup-token', /run "claude setup-token"/],
    ['init', /run "sluice --slash \/init"/],
    ['migrate-installer', /run "claude install"/],
    ['version', /run "sluice --version", or "claude --version"/],
  ])('%s is refused, with what to do', (word, message) => {
    expect(check([word])).toThrow(expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }));
    expect(check(['--model', 'opus', word])).toThrow(message);
  });

  it.each([
    [
      'auth login',
      /^"auth login" is no prompt but a command; run "claude auth login"\. To ask it: sluice -p auth login$/,
    ],
    ['plugin install a@b', /run "claude plugin install a@b"\. To ask it: sluice -p plugin install a@b$/],
  ])('is refused with its own: %s', (line, message) => {
    expect(check(line.split(' '))).toThrow(message);
  });

  it.each([
    ['behind -p', ['-p', 'doctor']],
    ['behind -p among other flags', ['-cp', 'doctor']],
    ['behind -p and --', ['-p', '--', 'doctor']],
    ['with a word that is none of its own', ['plugin', 'architectures']],
    ['with another word', ['update', 'dependencies']],
    ['in a sentence', ['doctor who is that?']],
    ['with a file', ['import', '--file', 'a.csv']],
  ])('is a prompt %s', (_, argv) => {
    expect(check(argv)).not.toThrow();
  });
});
