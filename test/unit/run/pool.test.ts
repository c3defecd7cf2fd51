import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '../../../src/messages/types.ts';
import { run } from '../../../src/run.ts';
import { createPool } from '../../../src/run/pool.ts';
import { begin, FAKE_CLAUDE, type FakeScript, succeed } from '../../support/fake.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const HOOK = { type: 'system', subtype: 'hook_started', hook_name: 'SessionStart', session_id: 's', uuid: 'u' };

/** What a run says that is given what a pool holds, which then is a claude that does the first of these scripts. */
async function inPool(scripts: FakeScript) {
  const cwd = temporaryFolder();
  const request = { cwd, claudePath: FAKE_CLAUDE };
  const env = { PATH: process.env['PATH'], FAKE_CLAUDE: JSON.stringify(scripts) };
  const pool = await createPool({ request, host: { env } });
  onTestFinished(() => pool.close());
  await pool.ready();
  const events: RunEvent[] = [];
  const sink = { write: (event: RunEvent) => void events.push(event), close() {} };
  const ending = await run({ ...request, prompt: 'hi' }, [sink], { env, pool });
  return { ending, said: events.map(({ message }) => ('subtype' in message ? message.subtype : message.type)), pool };
}

describe('a run that is given a claude that waits', () => {
  it('has all that it said, also before the prompt', async () => {
    const { ending, said, pool } = await inPool([[{ print: HOOK }, ...begin, ...succeed], [{ hang: true }]]);
    expect(ending).toMatchObject({ class: 'success', warnings: [] });
    expect(said).toEqual(['hook_started', 'init', 'assistant', 'success']);
    expect(pool.state().served).toEqual({ warm: 1, cold: 0 });
  });

  it('starts its own, and says nothing of it, where that one dies without a word', async () => {
    const dead = [{ print: HOOK }, { prompt: true }, { exit: 3 }] as const;
    const { ending, said, pool } = await inPool([dead, [...begin, ...succeed]]);
    expect(ending).toMatchObject({ class: 'success', warnings: [] });
    expect(said).toEqual(['init', 'assistant', 'success']);
    expect(pool.state().served).toEqual({ warm: 1, cold: 0 });
  });

  it('is over where that one dies once it has begun', async () => {
    const { ending } = await inPool([
      [{ print: HOOK }, ...begin, { exit: 3 }],
      [...begin, ...succeed],
    ]);
    expect(ending).toMatchObject({ class: 'crashed' });
  });
});

describe('a pool', () => {
  it('refuses what is no option of a run', async () => {
    await expect(createPool({ request: { maxTurns: -1 } })).rejects.toThrow('maxTurns: expected');
    await expect(createPool({ spares: 0.5 })).rejects.toThrow('spares: expected a whole number, 0 or more, got 0.5');
  });
});
