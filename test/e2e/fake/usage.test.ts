import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type Invocation, sluice } from '../../support/sluice.ts';

/** One line on stderr, nothing on stdout, exit code 2; and claude was never started. */
async function isRefused(args: readonly string[], line: RegExp, invocation: Invocation = {}): Promise<void> {
  const run = await sluice(args, { fake: [...begin, { say: 'started' }, ...succeed], ...invocation });
  expect(run.stderr).toMatch(/^sluice: usage: .+\n$/);
  expect(run.stderr).toMatch(line);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
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
  ])('%j is refused in one line', isRefused);

  it('shows how to ask, when nothing is asked', async () => {
    await isRefused([], /nothing to ask: .*sluice ".+"/);
    await isRefused([''], /nothing to ask/);
    await isRefused([], /nothing to ask/, { input: '' });
  });

  it('refuses a mistyped command, unless it is clearly meant as a prompt', async () => {
    const fake = [...begin, ...succeed];
    expect((await sluice(['-p', 'repaly'], { fake })).stdout).toBe('done\n');
    expect((await sluice(['repaly'], { fake, input: 'the word, spelt wrongly' })).stdout).toBe('done\n');
    expect((await sluice(['repaly this tape for me'], { fake })).stdout).toBe('done\n');
  });

  it('is told on stderr alone, also with --json', async () => {
    await isRefused(['--json', '--timeout', 'soon', 'hi'], /--timeout/);
  });
});

describe('a prompt that cannot be used', () => {
  it.each([
    ['that is not there', ['--prompt-file', 'nowhere.md'], /--prompt-file: nowhere\.md cannot be read/],
    ['that is a folder', ['--prompt-file', '.'], /--prompt-file: \. cannot be read: .*(?:directory|EISDIR)/],
    ['that is empty', ['--prompt-file', '/dev/null'], /nothing to ask/],
  ])('--prompt-file %s', async (_, args, line) => {
    await isRefused(args, line);
  });

  it('--file that is not there', async () => {
    await isRefused(['hi', '--file', 'nowhere.log'], /--file: nowhere\.log cannot be read/);
  });

  it('is larger than --max-prompt, from wherever it comes', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'big.txt'), 'x'.repeat(2_000));
    const limit = ['--max-prompt', '1k'];
    await isRefused([...limit, 'x'.repeat(2_000)], /over the limit of 1024/, { home });
    await isRefused([...limit, 'hi', '--file', 'big.txt'], /big\.txt .*over the limit of 1024/, { home });
    await isRefused([...limit, '--prompt-file', 'big.txt'], /big\.txt .*over the limit of 1024/, { home });
    await isRefused([...limit, 'hi'], /stdin .*1024/, { home, input: 'x'.repeat(2_000) });
  });

  it('is over 10 MiB by default', async () => {
    await isRefused(['hi'], /10485760.*--max-prompt/, { input: Buffer.alloc(11 * 1024 * 1024, 'x') });
  });
});

describe('sluice replay', () => {
  it('of a file that is not there, a folder, nothing', async () => {
    const home = freshHome();
    mkdirSync(join(home.project, 'folder'));
    await isRefused(['replay', 'nowhere.ndjson'], /nowhere\.ndjson cannot be read/, { home });
    await isRefused(['replay', 'folder'], /folder cannot be read/, { home });
    await isRefused(['replay'], /nothing to replay: give a file/, { home });
  });

  it('of a file that is no recording is no success', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'notes.txt'), 'Dear diary,\ntoday nothing happened.\n');
    const run = await sluice(['replay', 'notes.txt'], { home });
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toBe('');
  });
});
