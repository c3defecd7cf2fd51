import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '../../support/scenarios.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';
import { stub, wordsSent } from '../../support/stub.ts';

const CACHE = ['--cache', '1h'];

const folderOf = ({ path }: Home): string => join(path, '.local/state/sluice/cache');

describe('a run with --cache', () => {
  it('is answered by an earlier one in every format, at no cost', async () => {
    const api = await stub(plain);
    const home = freshHome();
    const first = await sluice([...CACHE, '--json', 'hi'], { api, home });
    expect(first.bundle()).not.toHaveProperty('cached');
    const asked = wordsSent(api).length;
    const json = await sluiceHere([...CACHE, '--json', 'hi'], { api, home });
    expect(json).toMatchObject({ exitCode: 0, stderr: '' });
    const { cached, messages, ...report } = json.bundle();
    expect(cached).toEqual({ at: expect.any(String), runId: first.bundle().runId });
    expect(report).toMatchObject({
      result: first.bundle().result,
      sessionId: first.bundle().sessionId,
      totalCostUsd: 0,
      usage: { inputTokens: 0, outputTokens: 0 },
      outcome: { class: 'success' },
    });
    expect(report.runId).not.toBe(first.bundle().runId);
    expect(messages.map(({ message }) => message.type)).toEqual(
      first.bundle().messages.map(({ message }) => message.type),
    );
    const text = await sluiceHere([...CACHE, 'hi'], { api, home });
    expect(text).toMatchObject({ exitCode: 0, stdout: 'Hello from the stub.\n', stderr: '' });
    const pretty = await sluiceHere([...CACHE, '-o', 'pretty', 'hi'], { api, home });
    expect(pretty.stdout).toContain('│ Hello from the stub.\n');
    expect(pretty.stdout).toMatch(new RegExp(`cached \\S+, run ${first.bundle().runId}`));
    const ndjson = await sluiceHere([...CACHE, '--ndjson', 'hi'], { api, home });
    expect(ndjson.events().at(-1)?.message).toMatchObject({ code: 'ending', report: { cached } });
    const stream = await sluiceHere([...CACHE, '-o', 'stream-json', 'hi'], { api, home });
    expect(stream.messages().at(-1)).toMatchObject({
      type: 'result',
      result: 'Hello from the stub.',
      total_cost_usd: 0,
    });
    expect(wordsSent(api)).toHaveLength(asked);
    const without = await sluiceHere([...CACHE, '--no-cache', 'hi'], { fake: [...begin, ...succeed], home });
    expect(without.stdout).toBe('done\n');
  });

  it('asks again when a memory, a file that is attached or a variable says something else, and keeps no secret', async () => {
    const home = freshHome();
    const token = `ghp_${'aB3dE5gH7jK9mN1p'.repeat(3).slice(0, 36)}`;
    const fake = [...begin, { say: token }, { result: { result: token } }];
    const ask = async (env: Readonly<Record<string, string>> = {}) => {
      const run = await sluiceHere([...CACHE, '--json', `read @notes.txt of ${token}`], { fake, home, env });
      return run.bundle().cached !== undefined;
    };
    writeFileSync(join(home.project, 'notes.txt'), 'one');
    expect([await ask(), await ask()]).toEqual([false, true]);
    writeFileSync(join(home.project, 'CLAUDE.md'), 'Answer in verse.');
    expect([await ask(), await ask()]).toEqual([false, true]);
    writeFileSync(join(home.project, 'notes.txt'), 'two');
    expect([await ask(), await ask({ ANTHROPIC_MODEL: 'sonnet' }), await ask()]).toEqual([false, false, true]);
    const kept = readdirSync(folderOf(home)).map((name) => readFileSync(join(folderOf(home), name), 'utf8'));
    expect(kept).toHaveLength(4);
    expect(kept.join('')).not.toContain(token);
  });
});
