import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { guardianPid, keepGuardian } from '../../../../src/claude/process-tree/guardian.ts';
import { createProcessTree } from '../../../../src/claude/process-tree/process-tree.ts';
import { createMarker } from '../../../../src/claude/process-tree/marker.ts';
import type { ProcessEntry, ProcessTable } from '../../../../src/claude/process-tree/process-table.ts';
import { statusOf } from '../../../../src/system/process-files.ts';
import { exists, kill, newFolder, newTag, PATIENCE, processesWith, startHousehold } from './household.ts';

/** What a tool may leave behind, and the commands that then run. */
const REMAINS = {
  'a plain child': ['sleep $TAG &', ['sleep']],
  'a child in a session of its own': ['setsid sleep $TAG &', ['sleep']],
  'a daemon that nobody is the parent of': ['(nohup sleep $TAG > /dev/null 2>&1 &) &\nwait', ['sleep']],
  'one that ignores signals': [`sh -c 'trap "" INT TERM HUP; sleep $TAG; :' &`, ['sh', 'sleep']],
  'one with an environment of its own': ['env -i setsid sleep $TAG &', ['sleep']],
  'one that wrote over its environment': [
    `perl -e '$0 = $ENV{TAG} . "x" x 10000; sleep 1000' &\nsleep 0.3`,
    [expect.stringContaining('.')],
  ],
  'one that is stopped': ['sleep $TAG &\nsleep 0.3\nkill -STOP $!', ['sleep']],
} as const;

describe.runIf(process.platform === 'linux')('the process tree of a run', { timeout: 60_000 }, () => {
  it.each(Object.entries(REMAINS))('ends %s', async (_, [script, names]) => {
    const { processTree, tag, live } = await startHousehold({ script });
    await live();
    await vi.waitFor(() => expect([...processTree.remaining()].sort()).toEqual(names), PATIENCE);
    expect(processTree.isGone()).toBe(false);
    const { ended, left } = await processTree.sweep(200);
    expect(processTree.isGone()).toBe(true);
    expect(processesWith(tag)).toEqual([]);
    expect([...ended].sort()).toEqual(names);
    expect(left).toEqual([]);
    expect(processTree.remaining()).toEqual([]);
  });

  it('misses nothing that is started after it was foreseen that claude ends', async () => {
    const { processTree, live } = await startHousehold({ script: 'setsid sleep $TAG &' });
    processTree.foresee();
    await live();
    expect(processTree.isGone()).toBe(false);
    expect((await processTree.sweep(200)).ended).toEqual(['sleep']);
    expect(processTree.isGone()).toBe(true);
  });

  it('keeps its guardian for the next run, as long as that is wanted', async () => {
    const letGo = keepGuardian();
    onTestFinished(letGo);
    const guardianOfRun = async (): Promise<number> => {
      const { processTree } = await startHousehold({ script: '' });
      await vi.waitFor(() => expect(guardianPid()).toBeGreaterThan(0), PATIENCE);
      processTree.dismiss();
      return guardianPid() ?? 0;
    };
    const first = await guardianOfRun();
    expect(await guardianOfRun()).toBe(first);
    letGo();
    await vi.waitFor(() => expect(exists(first)).toBe(false), PATIENCE);
  });

  it('gives time to clean up, and to those who help with that', async () => {
    const folder = newFolder();
    const { processTree, live } = await startHousehold({
      script: `sh -c 'trap "sleep 0.3; touch bye; exit" TERM; touch ready; while :; do sleep 0.05; done' &`,
      cwd: folder,
    });
    await live();
    await vi.waitFor(() => expect(readdirSync(folder)).toContain('ready'), PATIENCE);
    const { ended, left } = await processTree.sweep(20_000);
    expect(readdirSync(folder)).toContain('bye');
    expect(ended).toContain('sh');
    expect(left).toEqual([]);
  });

  it('does not count what goes by itself', async () => {
    const { processTree, live } = await startHousehold({ script: 'sleep 0.05 &' });
    await live();
    expect(await processTree.sweep(10_000)).toEqual({ ended: [], left: [] });
  });

  it("tells those in claude's own group from the rest", async () => {
    const { processTree, tag, live } = await startHousehold({
      script: 'sleep $TAG &\nsetsid sleep $TAG &\nsetsid sleep $TAG &',
    });
    await live();
    // A shell is there before it is what it starts.
    await vi.waitFor(() => expect(processTree.remaining('apart')).toEqual(['sleep', 'sleep']), PATIENCE);
    await vi.waitFor(() => expect(processTree.remaining('own')).toEqual(['sleep']), PATIENCE);
    expect((await processTree.sweep(1_000, 'own')).ended).toEqual(['sleep']);
    expect(processesWith(`sleep ${tag}`)).toHaveLength(2);
    expect((await processTree.sweep(1_000, 'apart')).ended).toEqual(['sleep', 'sleep']);
    expect(processesWith(tag)).toEqual([]);
  });

  it('sends a signal to all of them at once', async () => {
    const { processTree, tag, live } = await startHousehold({ script: 'sleep $TAG &\nenv -i setsid sleep $TAG &' });
    await live();
    await vi.waitFor(() => expect(processesWith(`sleep ${tag}`)).toHaveLength(2), PATIENCE);
    const states = (): readonly unknown[] => processesWith(tag).map(({ pid }) => statusOf(pid)?.state);
    processTree.signal('SIGSTOP');
    await vi.waitFor(() => expect(states()).toEqual(['T', 'T']), PATIENCE);
    processTree.signal('SIGCONT');
    await vi.waitFor(() => expect(states()).toEqual(['S', 'S']), PATIENCE);
    processTree.signal('SIGKILL');
    await vi.waitFor(() => expect(states()).toEqual([]), PATIENCE);
  });

  it('reaches claude itself while it runs', async () => {
    const { processTree, claude } = await startHousehold({ script: '' });
    // Until it has become one, it has its parent's name.
    await vi.waitFor(() => expect(processTree.remaining()).toEqual(['sh']), PATIENCE);
    processTree.signal('SIGKILL');
    await vi.waitFor(() => expect(claude.signalCode).toBe('SIGKILL'), PATIENCE);
  });

  it('takes a zombie for what it is', async () => {
    // Its parent is outside the process tree, and never asks how it ended.
    const { processTree, claude, live } = await startHousehold({ script: 'sleep $TAG' });
    const ended = live();
    await vi.waitFor(() => expect(processTree.remaining()).toContain('sleep'), PATIENCE);
    const { pid } = claude;
    if (pid === undefined) throw new Error('no shell');
    const children = processesWith('sleep').filter((found) => statusOf(found.pid)?.parent === pid);
    claude.kill('SIGSTOP');
    await vi.waitFor(() => expect(statusOf(pid)?.state).toBe('T'), PATIENCE);
    for (const child of children) kill(child.pid);
    await vi.waitFor(() => expect(children.map((child) => statusOf(child.pid)?.state)).toEqual(['Z']), PATIENCE);
    expect(processTree.remaining()).toEqual(['sh']);
    claude.kill('SIGCONT');
    await ended;
  });

  it('never touches the processes of others, of another run, or of the run around it', async () => {
    const outer = await startHousehold({ script: 'sleep $TAG &' });
    const [name, value] = outer.marker.variable;
    const inner = await startHousehold({ script: 'sleep $TAG &\nenv -i setsid sleep $TAG &', env: { [name]: value } });
    const other = await startHousehold({ script: 'sleep $TAG &' });
    const stranger = spawn('sleep', [newTag()], { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await Promise.all([outer.live(), inner.live(), other.live()]);
    await vi.waitFor(() => expect(inner.processTree.remaining()).toEqual(['sleep', 'sleep']), PATIENCE);
    await inner.processTree.sweep(1_000);
    expect(processesWith(inner.tag)).toEqual([]);
    expect(processesWith(outer.tag)).toHaveLength(1);
    expect(processesWith(other.tag)).toHaveLength(1);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('holds what the runs inside it started', async () => {
    const outer = await startHousehold({ script: 'sleep $TAG &' });
    const [name, value] = outer.marker.variable;
    const inner = await startHousehold({ script: 'sleep $TAG &', env: { [name]: value } });
    await Promise.all([outer.live(), inner.live()]);
    await outer.processTree.sweep(1_000);
    expect(processesWith(inner.tag)).toEqual([]);
  });

  it('is not mistaken about an id that only looks like its own', async () => {
    const { marker, processTree, live } = await startHousehold({ script: '' });
    await live();
    const env = {
      SLUICE_RUN: `${marker.id}0,x${marker.id}`,
      NOT_SLUICE_RUN: marker.id,
      OTHER: `SLUICE_RUN=${marker.id}`,
    };
    const stranger = spawn('sleep', [newTag()], { stdio: 'ignore', env: { ...env, PATH: process.env['PATH'] } });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await processTree.sweep(1_000);
    expect(exists(stranger.pid ?? 0)).toBe(true);
  });
});

/** A table as a test wants it; `now` may be changed. */
function tableOf(
  entries: readonly ProcessEntry[],
  showsMarkers = false,
): ProcessTable & { now: readonly ProcessEntry[] } {
  return {
    now: entries,
    showsMarkers,
    flaw: () => null,
    read() {
      return this.now;
    },
    readAt: () => Number.NEGATIVE_INFINITY,
    lastId: () => null,
    carries: () => false,
    startOf(pid) {
      return this.now.find((entry) => entry.pid === pid)?.start ?? null;
    },
    memoryOf: () => 1024,
    resourceUseOf: () => null,
  };
}

const CLAUDE = { pid: 4_000_001, parent: 1, start: 'noon', name: 'claude' };
const SHELL = { pid: 4_000_002, parent: CLAUDE.pid, start: 'noon', name: 'sh' };
const DAEMON = { pid: 4_000_003, parent: 1, start: 'noon', name: 'daemon' };
const GRANDCHILD = { pid: 3_999_999, parent: DAEMON.pid, start: 'noon', name: 'grandchild' };
const STRANGER = { pid: 4_000_004, parent: 1, start: 'noon', name: 'stranger' };

/** A process tree of no real processes: a signal takes one out of the table. */
function adopted(table: ProcessTable & { now: readonly ProcessEntry[] }) {
  const signals: string[] = [];
  const processTree = createProcessTree(createMarker({}), {
    table,
    kill(pid, signal) {
      signals.push(`${signal} ${table.now.find((entry) => entry.pid === pid)?.name}`);
      table.now = table.now.filter((entry) => entry.pid !== pid);
    },
  });
  processTree.adopt(Object.assign(new EventEmitter(), { pid: CLAUDE.pid }));
  onTestFinished(() => void processTree.dismiss());
  return { processTree, signals };
}

describe('a process tree whose system shows no markers', () => {
  it('ends what descended from claude when it was noted, and what that started since', async () => {
    const table = tableOf([CLAUDE, SHELL, { ...DAEMON, parent: SHELL.pid }, STRANGER]);
    const { processTree, signals } = adopted(table);
    processTree.note();
    table.now = [DAEMON, GRANDCHILD, STRANGER];
    const { ended } = await processTree.sweep(1_000);
    expect([...ended].sort()).toEqual(['daemon', 'grandchild']);
    expect([...signals].sort()).toEqual(['SIGTERM daemon', 'SIGTERM grandchild']);
    expect(table.now).toEqual([STRANGER]);
  });

  it('takes no process for another one that had its id', async () => {
    const table = tableOf([CLAUDE, SHELL]);
    const { processTree, signals } = adopted(table);
    processTree.note();
    table.now = [{ ...SHELL, parent: 1, start: 'later' }, STRANGER];
    expect(await processTree.sweep(1_000)).toEqual({ ended: [], left: [] });
    expect(signals).toEqual([]);
  });

  it('looks again right before each signal', async () => {
    const table = tableOf([CLAUDE, SHELL]);
    const { processTree, signals } = adopted(table);
    table.startOf = () => 'later';
    processTree.signal('SIGKILL');
    expect(signals).toEqual([]);
  });
});

describe('that all of it is gone', () => {
  it.each([
    { when: 'nothing was started meanwhile', ids: [CLAUDE.pid + 7, CLAUDE.pid + 7], looks: 1 },
    { when: 'something was', ids: [CLAUDE.pid + 7, CLAUDE.pid + 8], looks: 2 },
    { when: 'ids have gone round', ids: [7, 7], looks: 2 },
    { when: 'the system does not say', ids: [null, null], looks: 2 },
  ])('is known after $looks of two looks where $when', ({ ids, looks }) => {
    const table = tableOf([STRANGER]);
    const read = vi.spyOn(table, 'read');
    table.lastId = () => ids.shift() ?? null;
    expect(adopted(table).processTree.isGone()).toBe(true);
    expect(read).toHaveBeenCalledTimes(looks);
  });

  it.each([
    { when: 'claude was alone, and nothing was started since', child: STRANGER, id: 0, looks: 0 },
    { when: 'something was started since', child: STRANGER, id: 1, looks: 1 },
    { when: 'claude was not alone', child: SHELL, id: 0, looks: 1 },
  ])('is known after $looks more looks where, when it was foreseen, $when', ({ child, id, looks }) => {
    const table = tableOf([CLAUDE, child]);
    let lastId = CLAUDE.pid + 7;
    table.lastId = () => lastId;
    const { processTree } = adopted(table);
    processTree.foresee();
    const read = vi.spyOn(table, 'read');
    lastId += id;
    table.now = [STRANGER];
    expect(processTree.isGone()).toBe(true);
    expect(read).toHaveBeenCalledTimes(looks);
  });
});

describe('a sweep', () => {
  it('tells what it may not end, without waiting for it', async () => {
    const table = tableOf([CLAUDE, SHELL]);
    const processTree = createProcessTree(createMarker({}), {
      table,
      kill() {
        throw Object.assign(new Error('not yours'), { code: 'EPERM' });
      },
    });
    processTree.adopt(Object.assign(new EventEmitter(), { pid: CLAUDE.pid }));
    onTestFinished(() => void processTree.dismiss());
    expect(await processTree.sweep(0)).toEqual({ ended: [], left: ['claude', 'sh'] });
  });

  it('does not take a look that failed for the end', async () => {
    const table = tableOf([CLAUDE, SHELL]);
    const { processTree } = adopted(table);
    const read = table.read.bind(table);
    let looks = 0;
    table.read = (since) => {
      if (looks++ < 3) throw Object.assign(new Error('no descriptor left'), { code: 'EMFILE' });
      return read(since);
    };
    expect((await processTree.sweep(0)).ended).toEqual(['claude', 'sh']);
  });

  it('says so where nothing can be seen at all, at once', async () => {
    const table = tableOf([CLAUDE, SHELL]);
    const { processTree, signals } = adopted(table);
    table.flaw = () => '/proc cannot be read (ENOENT)';
    const begun = performance.now();
    expect(await processTree.sweep(2_000)).toEqual({ ended: [], left: [], unseen: '/proc cannot be read (ENOENT)' });
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(signals).toEqual([]);
  });

  it('says so where no look was to be had for as long as it lasts', async () => {
    const table = tableOf([CLAUDE]);
    const { processTree } = adopted(table);
    table.read = () => {
      throw new Error('EMFILE: too many open files');
    };
    expect(await processTree.sweep(0)).toEqual({ ended: [], left: [], unseen: 'EMFILE: too many open files' });
  }, 20_000);

  it('leaves the guardian of a run inside the run to its work', async () => {
    const guardian = { ...SHELL, pid: 4_000_005, name: 'sluice-guardian' };
    const itsRm = { ...SHELL, pid: 4_000_006, parent: guardian.pid, name: 'rm' };
    const table = tableOf([SHELL, CLAUDE, guardian, itsRm]);
    const { processTree, signals } = adopted(table);
    setTimeout(() => (table.now = []), 500);
    expect([...(await processTree.sweep(0)).ended].sort()).toEqual(['claude', 'sh']);
    expect(signals.filter((signal) => /guardian|rm/.test(signal))).toEqual([]);
  });

  it('tells of what calls itself a guardian and does not go', async () => {
    const { processTree, signals } = adopted(tableOf([CLAUDE, { ...SHELL, name: 'sluice-guardian' }]));
    processTree.note();
    expect([...(await processTree.sweep(0)).ended].sort()).toEqual(['claude', 'sluice-guardian']);
    expect(signals).toContain('SIGKILL sluice-guardian');
  }, 20_000);
});
