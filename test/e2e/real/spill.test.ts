import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { text, toolUse, turn, type Script } from '../../../src/demo/script.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const TOKEN = `ghp_${'aB3dE5gH7jK9mN1p'.repeat(3).slice(0, 36)}`;

/** Reads a line that was left out from the file that the prompt names, and finds another one. */
const reading: Script = ({ prompt, turns }) => {
  const [, path = ''] = /is in the file (\S+): read it/.exec(prompt) ?? [];
  const line = { file_path: path, offset: 1402, limit: 2 };
  if (turns === 0) return turn([toolUse('Read', line), toolUse('Grep', { pattern: 'page 777 ', path })]);
  return turn([text(path)]);
};

describe('what --spill keeps', () => {
  it('is read by claude while the run goes on, whole, with secrets masked, and then it is gone', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `12:00:00 INFO served page ${index} in ${index % 7} ms\n`);
    lines.splice(1402, 0, `12:00:00 INFO remote said ${TOKEN}\n`);
    const api = await stub(reading);
    const args = ['which is slow?', '--json', '--full', '--spill', '--input-budget', '4k', '--tools', 'Read,Grep'];
    const run = await sluice(args, { api, input: lines.join('') });
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings: [] });
    // In whatever order claude gives them back.
    const results = api.requests.at(-1)?.conversation?.toolResults ?? [];
    expect(results.filter(({ isError }) => isError)).toEqual([]);
    const told = results.map((result) => result.text).join('\n');
    expect(told).toContain('served page 1401 in 1 ms');
    expect(told).toContain('remote said [REDACTED:github-token#1]');
    expect(told).toContain('Found 1 file');
    expect(JSON.stringify([api.requests, run.stdout])).not.toContain(TOKEN);
    expect(run.bundle().tools).toEqual([
      { name: 'Read', calls: 1, errors: 0 },
      { name: 'Grep', calls: 1, errors: 0 },
    ]);
    const { summary } = run.bundle().result;
    expect(summary).toMatch(/^\/.+\.log$/);
    expect(existsSync(summary)).toBe(false);
  });
});
