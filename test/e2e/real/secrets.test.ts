import { describe, expect, it } from 'vitest';
import { environmentDump, saying } from '../../support/scenarios.ts';
import { API_KEY, sluice, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Other secrets of the environment, by a name or a shape that gives them away. */
const env = {
  DATABASE_PASSWORD: 'correct-horse-battery',
  GITHUB_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwx12',
  CLAUDECODE: '1',
};

describe('secrets of the environment', () => {
  const formats = ['pretty', 'text', 'json', 'ndjson', 'stream-json'];

  it.each(formats)('are in no output as %s, nor in any file', async (format) => {
    const args = ['-o', format, '--record', 'r.ndjson', '--bundle', 'b.json', '--full', '--allowed-tools=Bash', 'hi'];
    const run = await sluice(args, { api: await stub(environmentDump), env });
    expect(run.exitCode).toBe(0);
    const everything = [run.stdout, run.stderr, run.file('r.ndjson'), run.file('b.json')].join('\n');
    expect(everything).toContain('DATABASE_PASSWORD');
    for (const secret of [API_KEY, env.DATABASE_PASSWORD, env.GITHUB_TOKEN]) expect(everything).not.toContain(secret);
    expect(run.bundleFile('b.json').redactions.total).toBeGreaterThanOrEqual(3);
  });

  it('are let through with --no-redact', async () => {
    const run = await sluice(['--no-redact', '--json', '--full', '--allowed-tools=Bash', 'hi'], {
      api: await stub(environmentDump),
    });
    expect(run.stdout).toContain(API_KEY);
    expect(run.bundle().redactions.total).toBe(0);
  });

  it('do not slip through in the pieces of partial messages', async () => {
    const api = await stub(saying(`The key is ${API_KEY}, and that is all there is to say about it.`));
    const run = await sluice(['--ndjson', '--include-partial-messages', 'what is the key?'], { api });
    const pieces = [...run.stdout.matchAll(/"text_delta","text":"([^"]*)"/g)].map(([, piece]) => piece).join('');
    expect(pieces).toMatch(/^The key is .+, and that is all there is to say about it\.$/);
    expect(pieces).not.toContain(API_KEY);
    expect(run.stdout).not.toContain(API_KEY);
  });

  it('do not slip out when the run is cut in the middle of one', async () => {
    const api = await stub(saying(`${API_KEY} `.repeat(2_000)));
    const run = startSluice(['--ndjson', '--include-partial-messages', '--bundle', 'b.json', 'hi'], { api });
    await run.prints('"text_delta"');
    run.kill('SIGINT');
    const finished = await run.finished;
    expect(finished.stdout + finished.file('b.json')).not.toContain(API_KEY);
  });

  it('are masked in errors', async () => {
    const run = await sluice([`--timeout=${API_KEY}`, 'hi']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--timeout');
    expect(run.stderr).not.toContain(API_KEY);
  });
});
