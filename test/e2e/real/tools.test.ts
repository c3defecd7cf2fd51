import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';
import {
  background,
  bashTwice,
  denied,
  makingFile,
  parallelTools,
  plain,
  reading,
  subagent,
} from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('tools', () => {
  it('take several turns', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(bashTwice) });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'One and two.' },
      // The oldest counts messages.
      numTurns: since('2.0.0') ? 3 : 7,
      tools: [{ name: 'Bash', calls: 2, errors: 0 }],
    });
  });

  it('are a line each in the log, with what came of them', async () => {
    const run = await sluice(['-o', 'pretty', 'hi'], { api: await stub(bashTwice) });
    expect(run.stdout).toMatch(/● Bash echo one\n.*✓ .* one\n/);
    expect(run.stdout).toMatch(/● Bash echo two\n.*✓ .* two\n/);
  });

  it('run side by side, and one that fails is no failure of the run', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(parallelTools) });
    expect(run.exitCode).toBe(0);
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'Three letters and one failure.' },
      tools: [{ name: 'Bash', calls: 4, errors: 1 }],
    });
  });

  it('of a subagent are not the answer', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(subagent) });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().result.summary).toBe('The subagent is back.');
  });

  it('in the background that end after the answer do not take its place', async () => {
    const run = await sluice(['--json', '--allowed-tools=Bash', 'hi'], { api: await stub(background) });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().result).toEqual({ success: true, summary: 'Started it; not waiting.' });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('read in every folder of --add-dir', async () => {
    const home = freshHome();
    const folders = ['one', 'two'].map((name) => join(home.path, name));
    for (const folder of folders) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'note.txt'), 'noted');
    }
    const api = await stub(reading(folders.map((folder) => join(folder, 'note.txt'))));
    const run = await sluice(['--json', '--add-dir', ...folders, '--verbose', 'hi'], { home, api });
    expect(run.bundle()).toMatchObject({ permissionDenials: [], tools: [{ name: 'Read', calls: 2, errors: 0 }] });
  });
});

describe('tools that are denied', () => {
  it('are a warning on a success', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(denied) });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/^sluice: warning: 2 tool calls denied \(Bash, Write\); allow with --allowed-tools\n$/);
    const bundle = run.bundle();
    expect(bundle.outcome.class).toBe('success');
    expect(bundle.permissionDenials.map(({ tool_name }) => tool_name)).toEqual(['Bash', 'Write']);
  });

  it('end the run with 7 with --fail-on-denied', async () => {
    const run = await sluice(['--fail-on-denied', 'hi'], { api: await stub(denied) });
    expect(run).toMatchObject({ exitCode: 7, stdout: 'Neither was allowed.\n' });
    expect(run.stderr).toMatch(/^sluice: denied: /m);
  });

  it('run when they are allowed', async () => {
    const run = await sluice(['--fail-on-denied', '--json', '--allowed-tools', 'Bash', 'Write'], {
      api: await stub(makingFile),
      input: 'hi',
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.file('made-here')).toBe('');
  });

  it.runIf(since('2.0.0'))('do not exist with --tools ""', async () => {
    const api = await stub(plain);
    await sluice(['--tools', '', '--max-turns', '2', 'hi'], { api });
    const [asked] = api.requests.flatMap(({ conversation }) => conversation ?? []);
    expect(asked?.tools).toEqual([]);
  });
});
