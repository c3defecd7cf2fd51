import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A program that writes down what it is told, for as long as it is told something. */
function listener(): { readonly claudePath: string; heard(): string } {
  const folder = temporaryFolder();
  const [claudePath, log] = [join(folder, 'claude'), join(folder, 'heard')];
  writeFileSync(claudePath, `#!/bin/sh\nexec cat > '${log}'\n`, { mode: 0o700 });
  writeFileSync(log, '');
  return { claudePath, heard: () => readFileSync(log, 'utf8') };
}

const env = { PATH: process.env['PATH'] };

describe('a run that is over before claude is asked', () => {
  it('does not ask it any more when it was stopped', async () => {
    const { claudePath, heard } = listener();
    const stop = new AbortController();
    const ending = run({ prompt: 'hi', claudePath }, [], { env, signal: stop.signal });
    stop.abort('SIGTERM');
    expect(await ending).toMatchObject({ class: 'interrupted', exitCode: 143 });
    expect(heard()).toBe('');
  });

  it('leaves no timer behind when claude died by itself', async () => {
    const folder = temporaryFolder();
    const claudePath = join(folder, 'claude');
    writeFileSync(claudePath, '#!/bin/sh\nexit 1\n', { mode: 0o700 });
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    expect(await run({ prompt: 'hi', claudePath }, [], { env })).toMatchObject({ class: 'crashed' });
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(before);
  });
});
