import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whatClaudeSees } from '../../support/confession.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

it('starts claude with what a template asks of a run', async () => {
  const { argv, heard } = await whatClaudeSees(['-t', 'dependency-risk', '--max-turns', '4'], {
    input: 'diff --git a/x b/x\n',
  });
  expect(argv).toEqual(expect.arrayContaining(['--tools=Read,Grep,Glob', '--max-turns=4']));
  expect(JSON.stringify(heard)).toContain('update of dependencies in [stdin, attached above]');
});

it('condenses what is piped into a template', async () => {
  const log = Array.from({ length: 5000 }, (_, index) => `served page ${index}\n`).join('');
  const { heard } = await whatClaudeSees(['-t', 'log-triage', '--input-budget', '5k'], { input: log });
  expect(JSON.stringify(heard)).toContain('This log was too long and is condensed');
});

it('records over no template that it is made of', async () => {
  const home = freshHome();
  mkdirSync(join(home.project, 't'));
  writeFileSync(join(home.project, 't/a.md'), 'why?');
  const run = await sluiceHere(['-t', 't/a.md', '--record', 't/a.md'], { home });
  expect(run.exitCode).toBe(2);
  expect(run.file('t/a.md')).toBe('why?');
});
