import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Launched, LaunchOptions } from '../../../../src/claude/launch.ts';
import { startKey } from '../../../../src/claude/pool/start-key.ts';
import { openPool, type Stock } from '../../../../src/claude/pool/pool.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** A claude that never was: what is made of it is written down. */
function actor() {
  let die = (): void => {};
  const ended = new Promise<{ code: number }>((resolve) => (die = () => resolve({ code: 1 })));
  let greet = (): void => {};
  const greeted = new Promise<void>((resolve) => (greet = resolve));
  const told = { released: false };
  const launched = {
    path: '/claude',
    isSpare: false,
    spoken: () => greeted,
    memory: () => 1000,
    child: { greet, ended },
    async release() {
      told.released = true;
      return [];
    },
  } as unknown as Launched;
  return { launched, told, die };
}

/** A pool of such claudes, in a home and a project of its own. */
function poolOf(stock: Partial<Stock> = {}, files: Readonly<Record<string, string>> = {}) {
  const home = temporaryFolder({ '.claude/settings.json': '{}', 'project/CLAUDE.md': 'hi', claude: '#!', ...files });
  const claude = join(home, 'claude');
  chmodSync(claude, 0o755);
  const standard: LaunchOptions = {
    request: { cwd: join(home, 'project'), claudePath: claude },
    env: { HOME: home, PATH: '' },
    origins: {},
  };
  const actors: ReturnType<typeof actor>[] = [];
  const started: LaunchOptions[] = [];
  const faults: unknown[] = [];
  const room = { now: 10 };
  const pool = openPool(
    {
      standard: () => standard,
      spares: 1,
      otherKeys: 0,
      maxAgeMs: 60_000,
      room: () => room.now,
      onFault: (fault) => faults.push(fault),
      ...stock,
    },
    (options) => {
      const made = actor();
      actors.push(made);
      started.push(options);
      return made.launched;
    },
  );
  onTestFinished(() => pool.close());
  const isWarm = (options: LaunchOptions): boolean => pool.launch(options).isSpare;
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  };
  return { pool, standard, actors, started, faults, room, isWarm, write, home };
}

const given = ({ request, ...rest }: LaunchOptions, more: LaunchOptions['request']): LaunchOptions => ({
  ...rest,
  request: { ...request, ...more },
});

describe('a pool', () => {
  it('gives away one that waits, once, and starts another', async () => {
    const { pool, standard, actors, isWarm } = poolOf();
    await pool.ready();
    expect(pool.state()).toEqual({ spares: 1, memory: 1000, served: { warm: 0, cold: 0 } });
    const first = pool.launch(standard);
    expect(first.isSpare).toBe(true);
    expect(isWarm(standard)).toBe(false);
    await first.release();
    await vi.waitFor(() => expect(pool.state().spares).toBe(1));
    expect(isWarm(standard)).toBe(true);
    expect(actors).toHaveLength(3);
  });

  it.each([
    { name: 'the prompt', more: { prompt: 'why?' } },
    { name: 'time limits', more: { timeout: 1000, startTimeout: 500, idleTimeout: { api: 9 }, retryMaxWait: 4 } },
    { name: 'what is kept', more: { maxMessages: 3, maxChars: 70, full: true, failOnDenied: true } },
  ])('minds nothing that counts from the prompt on: $name', async ({ more }) => {
    const { pool, standard, isWarm } = poolOf();
    await pool.ready();
    expect(isWarm(given(standard, more))).toBe(true);
  });

  it.each([
    { name: 'the model', more: { model: 'opus' } },
    { name: 'tools', more: { tools: ['Read'] } },
    { name: 'retries', more: { retries: 2 } },
    { name: 'arguments of claude', more: { passThrough: ['--debug'] } },
    { name: 'a session to go on with', more: { resume: '11111111-2222-4333-8444-555555555555' } },
    { name: 'a session of a name', more: { sessionId: '11111111-2222-4333-8444-555555555555' } },
  ])('gives none for another start: $name', async ({ more }) => {
    const { pool, standard, isWarm } = poolOf();
    await pool.ready();
    expect(isWarm(given(standard, more))).toBe(false);
  });

  it('gives none for another environment, and does not mind whose trace a run belongs to', async () => {
    const { pool, standard, started, isWarm } = poolOf();
    await pool.ready();
    expect(isWarm({ ...standard, env: { ...standard.env, ANTHROPIC_MODEL: 'opus' } })).toBe(false);
    expect(isWarm({ ...standard, env: { ...standard.env, TRACEPARENT: '00-1' } })).toBe(true);
    expect(started[0]?.env).not.toHaveProperty('TRACEPARENT');
  });

  it.each([
    { file: 'claude', text: '#! newer' },
    { file: '.claude/settings.json', text: '{"hooks":{}}' },
    { file: '.claude/CLAUDE.md', text: 'be brief' },
    { file: '.claude/skills/tidy/SKILL.md', text: 'tidy up' },
    { file: '.claude/.credentials.json', text: '{}' },
    { file: '.claude.json', text: '{"mcpServers":{"tickets":{"command":"tickets"}}}' },
    { file: 'CLAUDE.md', text: 'around it' },
    { file: 'project/CLAUDE.md', text: 'hello' },
    { file: 'project/.mcp.json', text: '{}' },
    { file: 'project/.claude/settings.local.json', text: '{}' },
    { file: 'project/.claude/hooks/start.sh', text: 'date' },
    { file: 'project/.git/HEAD', text: 'ref: refs/heads/other' },
  ])('gives none that read $file before it changed', async ({ file, text }) => {
    const { pool, standard, isWarm, write } = poolOf();
    await pool.ready();
    write(file, text);
    expect(isWarm(standard)).toBe(false);
  });

  it('tells settings that are made at the start by their key alone', () => {
    const { standard } = poolOf();
    const keyOf = (key: string) => startKey({ ...standard, settings: { key, make: () => expect.unreachable() } });
    expect(keyOf('one')).toEqual(keyOf('one'));
    expect(keyOf('one')?.whole).not.toBe(keyOf('other')?.whole);
  });

  it('gives none that read what a memory imports before that changed', async () => {
    const { pool, standard, isWarm, write } = poolOf(
      {},
      { 'project/CLAUDE.md': 'see @docs/a.md', 'project/docs/a.md': 'a' },
    );
    await pool.ready();
    write('project/docs/a.md', 'another');
    expect(isWarm(standard)).toBe(false);
  });

  it.each([
    { file: '.claude.json', text: '{"numStartups":2,"projects":{"/":{"allowedTools":[]}}}' },
    { file: '.claude/projects/x/y.jsonl', text: '{}' },
    { file: 'project/notes.txt', text: 'anything' },
  ])('does not mind $file, which every run may change', async ({ file, text }) => {
    const { pool, standard, isWarm, write } = poolOf();
    await pool.ready();
    write(file, text);
    expect(isWarm(standard)).toBe(true);
  });

  it('gives none that has waited too long', async () => {
    const { pool, standard, isWarm } = poolOf({ maxAgeMs: 1 });
    await pool.ready();
    const since = performance.now();
    await vi.waitFor(() => expect(performance.now() - since).toBeGreaterThan(1));
    expect(isWarm(standard)).toBe(false);
  });

  it('leaves places to runs', async () => {
    const { pool, standard, actors, room, isWarm } = poolOf({ spares: 3 });
    room.now = 2;
    await pool.ready();
    expect(pool.state().spares).toBe(2);
    room.now = 1;
    expect(isWarm(given(standard, { model: 'opus' }))).toBe(false);
    expect(pool.state().spares).toBe(1);
    expect(actors.filter(({ told }) => told.released)).toHaveLength(1);
  });

  it('has one for what is asked for most, too', async () => {
    const { pool, standard, isWarm } = poolOf({ spares: 0, otherKeys: 1 });
    const often = given(standard, { model: 'opus' });
    const runs = [often, given(standard, { model: 'haiku' }), often].map((options) => pool.launch(options));
    expect(runs.map(({ isSpare }) => isSpare)).toEqual([false, false, false]);
    await Promise.all(runs.map(({ release }) => release()));
    await vi.waitFor(() => expect(pool.state().spares).toBe(1));
    expect(isWarm(often)).toBe(true);
  });

  it('tells of one that died, and gives it to nobody', async () => {
    const { pool, standard, actors, faults, isWarm } = poolOf();
    await pool.ready();
    actors[0]?.die();
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    expect(faults).toEqual([expect.objectContaining({ message: expect.stringContaining('ended by itself (1)') })]);
    expect(actors[0]?.told.released).toBe(true);
    expect(isWarm(standard)).toBe(false);
  });

  it('starts so many at the same time, those that runs had to start included', async () => {
    const room = vi.fn<() => number>(() => 10);
    const { pool, standard, actors, isWarm } = poolOf({ spares: 3, startsAtOnce: 2, refillMs: 0, room });
    await pool.ready();
    expect(actors).toHaveLength(3);
    const cold = [1, 2].map((turn) => pool.launch(given(standard, { model: `m${turn}` })));
    expect(isWarm(standard)).toBe(true);
    room.mockClear();
    // It has looked whether there is one to start, and nothing is between that look and the start.
    await vi.waitFor(() => expect(room).toHaveBeenCalled());
    expect(pool.state().spares).toBe(2);
    await cold[0]?.release();
    await vi.waitFor(() => expect(pool.state().spares).toBe(3));
  });

  it('ends all that wait when it is closed', async () => {
    const { pool, standard, actors, isWarm } = poolOf({ spares: 2 });
    await pool.ready();
    await pool.close();
    expect(actors.map(({ told }) => told.released)).toEqual([true, true]);
    expect(isWarm(standard)).toBe(false);
  });
});
