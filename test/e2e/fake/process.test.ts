import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';
import { sluice } from '../../support/sluice.ts';

describe("claude's process", () => {
  it('may say a great deal on stderr without ever waiting for a reader', async () => {
    const run = await sluice(['--json', 'hi'], {
      fake: [...begin, { complain: 'x'.repeat(99).concat('\n').repeat(1_000) }, ...succeed],
    });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().claude.stderr.length).toBeLessThanOrEqual(64 * 1024);
    expect(run.bundle().claude.stderr).toMatch(/x\n$/);
  });

  it('may go away without having read a large prompt', async () => {
    const run = await sluice(['hi'], { fake: [{ exit: 1 }], input: 'x'.repeat(5_000_000) });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toMatch(/^sluice: crashed: .+\n$/);
  });

  it('may leave a child that holds its output open: the run ends all the same', async () => {
    const home = freshHome();
    const script = join(home.path, 'claude');
    const result = { type: 'result', subtype: 'success', is_error: false, result: 'done', session_id: 's', uuid: 'u' };
    const lines = JSON.stringify({
      ...result,
      duration_ms: 1,
      duration_api_ms: 1,
      num_turns: 1,
      stop_reason: null,
      total_cost_usd: 0,
      usage: { input_tokens: 1, output_tokens: 1 },
      modelUsage: {},
      permission_denials: [],
    });
    writeFileSync(script, `#!/bin/sh\nread prompt\nsleep 30 &\necho '${lines}'\n`, { mode: 0o755 });
    const start = performance.now();
    const run = await sluice(['hi'], { home, claude: script });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('is one of a group that goes with it when it is stopped', async () => {
    const home = freshHome();
    const script = join(home.path, 'claude');
    writeFileSync(script, "#!/bin/sh\ntrap '' INT TERM\nsleep 60 &\nsleep 61\n", { mode: 0o755 });
    const run = await sluice(['--timeout', '500ms', 'hi'], { home, claude: script });
    expect(run.exitCode).toBe(124);
    expect(await survivorsOf(home.path)).toEqual([]);
  });
});
