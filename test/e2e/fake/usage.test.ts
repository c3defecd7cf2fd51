import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type InvocationHere, sluiceHere } from '../../support/in-process.ts';

/** The one line that a refused command line gets: exit code 2, nothing on stdout, and claude was never started. */
async function refusalOf(args: readonly string[], invocation: InvocationHere = {}): Promise<string> {
  const run = await sluiceHere(args, { fake: [...begin, { say: 'started' }, ...succeed], ...invocation });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(/^sluice: usage: .+\n$/);
  return run.stderr;
}

describe('a command line that makes no sense', () => {
  it.each([
    [['--jsno', 'hi'], /--jsno.*did you mean --json/i],
    [['--max-turn', '3', 'hi'], /--max-turn.*did you mean --max-turns/i],
    [['--completely-unheard-of', 'hi'], /--completely-unheard-of/],
    [['--timeout', 'soon', 'hi'], /--timeout: "soon" is not a duration such as 90s/],
    [['--timeout', '0', 'hi'], /--timeout: "0" is not/],
    [['--timeout'], /--timeout/],
    [['--retries', '-1', 'hi'], /--retries/],
    [['--max-turns', '0', 'hi'], /--max-turns: "0" is not a whole number above 0/],
    [['--max-budget-usd', 'cheap', 'hi'], /--max-budget-usd: "cheap" is not a number above 0/],
    [['--max-chars', '1 banana', 'hi'], /--max-chars: "1 banana" is not a size such as 64k/],
    [['-o', 'xml', 'hi'], /"xml" is not one of pretty, text, json, ndjson, stream-json/],
    [['--output-format', 'xml', 'hi'], /"xml" is not one of/],
    [['--input-format', 'stream-json', 'hi'], /--input-format/],
    [['--color', 'mauve', 'hi'], /--color: "mauve" is not one of auto, always, never/],
    [['--permission-mode', 'yolo', 'hi'], /--permission-mode: "yolo" is not one of/],
    [['--session-id', '1', 'hi'], /--session-id: "1" is not a UUID/],
    [['--json-schema', '{', 'hi'], /--json-schema: "\{" is not/],
    [['--mcp-config={bad', 'hi'], /--mcp-config: "\{bad" is not (?:valid )?JSON/],
    [['--settings={bad', 'hi'], /--settings: "\{bad" is not (?:valid )?JSON/],
    [['--agents={bad', 'hi'], /--agents: "\{bad" is not (?:valid )?JSON/],
    [['--config', 'nowhere.json', 'hi'], /--config: nowhere\.json does not exist/],
    [['--cwd', 'nowhere', 'hi'], /--cwd: .*nowhere.*(?:does not exist|no such file)/],
    [['hi', '--', '-p'], /-- -p: sluice sets it itself/],
    [['hi', '--', '--output-format', 'text'], /-- --output-format: sluice sets it itself/],
    [['hi', '--', '--input-format=text'], /-- --input-format=text: sluice sets it itself/],
    [['config', 'extra'], /extra|arguments/],
    [['replay', 'one', 'two'], /"two" is one too many|arguments/],
    [['repaly', 'run.ndjson'], /there is no command "repaly"; did you mean "replay"\?/],
    [['demoo'], /did you mean "demo"\?/],
  ])('%j is refused in one line', async (args, line) => {
    expect(await refusalOf(args)).toMatch(line);
  });

  it('shows how to ask, when nothing is asked', async () => {
    expect(await refusalOf([])).toMatch(/nothing to ask: .*sluice ".+"/);
    expect(await refusalOf([''])).toMatch(/nothing to ask/);
    expect(await refusalOf([], { input: '' })).toMatch(/nothing to ask/);
  });

  it('refuses a mistyped command, unless it is clearly meant as a prompt', async () => {
    const fake = [...begin, ...succeed];
    expect((await sluiceHere(['-p', 'repaly'], { fake })).stdout).toBe('done\n');
    expect((await sluiceHere(['repaly'], { fake, input: 'the word, spelt wrongly' })).stdout).toBe('done\n');
    expect((await sluiceHere(['repaly this tape for me'], { fake })).stdout).toBe('done\n');
  });

  it('takes no command of claude for a prompt, and answers one', async () => {
    expect(await refusalOf(['update'])).toMatch(/run "claude update"\. To ask it: sluice -p update$/m);
    expect(await sluiceHere(['version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: 'sluice: claude has a version of its own: claude --version\n',
    });
  });

  it('refuses a word behind -- that claude would drop, and lets flags pass', async () => {
    expect(await refusalOf(['a', '--', 'b'])).toMatch(/-- b: behind -- stand options for claude/);
    const run = await sluiceHere(['a', '--', '--some-flag', 'value'], { fake: [...begin, ...succeed] });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
  });

  it('is told on stderr alone, also with --json', async () => {
    expect(await refusalOf(['--json', '--timeout', 'soon', 'hi'])).toMatch(/--timeout/);
  });
});

describe('a prompt that cannot be used', () => {
  it.each([
    ['that is not there', ['--prompt-file', 'nowhere.md'], /--prompt-file: nowhere\.md cannot be read/],
    ['that is a folder', ['--prompt-file', '.'], /--prompt-file: \. cannot be read: it is a folder/],
    ['that is empty', ['--prompt-file', '/dev/null'], /nothing to ask/],
  ])('--prompt-file %s', async (_, args, line) => {
    expect(await refusalOf(args)).toMatch(line);
  });

  it('--file that is not there', async () => {
    expect(await refusalOf(['hi', '--file', 'nowhere.log'])).toMatch(/--file: nowhere\.log cannot be read/);
  });

  it('is larger than --max-prompt, from wherever it comes', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'big.txt'), 'x'.repeat(2_000));
    const limit = ['--max-prompt', '1k'];
    expect(await refusalOf([...limit, 'x'.repeat(2_000)], { home })).toMatch(/over the limit of 1024/);
    expect(await refusalOf([...limit, 'hi', '--file', 'big.txt'], { home })).toMatch(
      /big\.txt .*over the limit of 1024/,
    );
    expect(await refusalOf([...limit, '--prompt-file', 'big.txt'], { home })).toMatch(
      /big\.txt .*over the limit of 1024/,
    );
    expect(await refusalOf([...limit, 'hi'], { home, input: 'x'.repeat(2_000) })).toMatch(/stdin .*1024/);
  });

  it('is over 10 MiB by default, as it is', async () => {
    expect(await refusalOf(['--raw-input', 'hi'], { input: Buffer.alloc(11 * 1024 * 1024, 'x') })).toMatch(
      /10485760.*--max-prompt/,
    );
  });
});

describe('sluice replay', () => {
  it('of a file that is not there, a folder, nothing', async () => {
    const home = freshHome();
    mkdirSync(join(home.project, 'folder'));
    expect(await refusalOf(['replay', 'nowhere.ndjson'], { home })).toMatch(/nowhere\.ndjson cannot be read/);
    expect(await refusalOf(['replay', 'folder'], { home })).toMatch(/folder cannot be read/);
    expect(await refusalOf(['replay'], { home })).toMatch(/nothing to replay: give a file/);
  });

  it('of a file that is no recording is no success', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'notes.txt'), 'Dear diary,\ntoday nothing happened.\n');
    const run = await sluiceHere(['replay', 'notes.txt'], { home });
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toBe('');
  });
});
