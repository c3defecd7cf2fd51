import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitCommand, type ResourceLimits, type Machine } from '../../../../src/claude/start/resource-limits.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const GIB = 1024 ** 3;
const USER_GROUP = '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/cgroup.controllers';

describe('resource limits', () => {
  it('that nobody asks for take nothing', () => {
    expect(commandFor({}, { programs: [], platform: 'darwin' })).toEqual([]);
    expect(commandFor({ by: 'systemd-run' }, { programs: [] })).toEqual([]);
  });

  it('are set by systemd where it can, which counts all processes together', () => {
    expect(commandFor({ memory: GIB, processes: 100 })).toEqual([
      'systemd-run',
      '--scope',
      '--quiet',
      '--collect',
      '--user',
      `--property=MemoryMax=${GIB}`,
      '--property=MemorySwapMax=0',
      '--property=TasksMax=100',
      '--',
    ]);
  });

  it("are set by the system's own systemd for root", () => {
    const files = { '/sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n', '/run/systemd/system': '' };
    expect(commandFor({ memory: GIB }, { user: 0, files })).toEqual([
      'systemd-run',
      '--scope',
      '--quiet',
      '--collect',
      `--property=MemoryMax=${GIB}`,
      '--property=MemorySwapMax=0',
      '--',
    ]);
  });

  it('of processor time are set by prlimit, one command within the other', () => {
    const command = commandFor({ memory: GIB, cpuTime: 1500 });
    expect(command.slice(command.indexOf('--') + 1)).toEqual(['prlimit', '--cpu=2:7', '--']);
    expect(commandFor({ cpuTime: 60_000 }, { files: {} })).toEqual(['prlimit', '--cpu=60:65', '--']);
  });

  it.each<[string, ResourceLimits, Partial<Setting>]>([
    ['there is no systemd-run', { memory: GIB }, { programs: ['prlimit'] }],
    ['the user has no systemd', { memory: GIB }, { files: { [USER_GROUP]: 'memory pids' } }],
    [
      'memory is not counted',
      { memory: GIB },
      { files: { '/run/user/1000/systemd/private': '', [USER_GROUP]: 'pids' } },
    ],
    ['it is asked for', { memory: GIB, by: 'prlimit' }, {}],
  ])('are set by prlimit where %s', (_, resourceLimits, setting) => {
    expect(commandFor(resourceLimits, setting)).toEqual(['prlimit', `--data=${GIB}`, '--']);
  });

  it('of processes hold all that a user has under prlimit', () => {
    const pid = process.pid;
    const files = { [`/proc/${pid}/status`]: 'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nThreads:\t12\n' };
    expect(commandFor({ processes: 13, by: 'prlimit' }, { files })).toEqual(['prlimit', '--nproc=13', '--']);
    expect(() => commandFor({ processes: 12, by: 'prlimit' }, { files })).toThrow(/^maxProcesses: .*has 12 now/);
  });

  it.each<[ResourceLimits, Partial<Setting>, RegExp]>([
    [{ memory: GIB }, { platform: 'darwin' }, /which Linux has/],
    [{ memory: GIB }, { programs: [] }, /no prlimit on PATH/],
    [{ memory: GIB, by: 'systemd-run' }, { programs: ['prlimit'] }, /^limitsBy systemd-run: .*no systemd-run/],
    [{ memory: GIB, by: 'systemd-run' }, { files: {} }, /no systemd for this user/],
    [{ memory: GIB, by: 'systemd-run' }, { user: 0, files: {} }, /does not run systemd/],
    [
      { processes: 9, by: 'systemd-run' },
      { files: { '/run/user/1000/systemd/private': '' } },
      /no control group for pids/,
    ],
    [{ cpuTime: 1000, by: 'systemd-run' }, {}, /^maxCpuTime: /],
    [{ memory: GIB - 1, by: 'prlimit' }, {}, /^maxMemory: .*needs 1GiB/],
    [{ processes: 100, by: 'prlimit' }, { user: 0 }, /^maxProcesses: .*root/],
  ])('of %j that cannot be had say why', (resourceLimits, setting, words) => {
    expect(() => commandFor(resourceLimits, setting)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => commandFor(resourceLimits, setting)).toThrow(words);
  });

  it('are set together with the limit that a run is known by', () => {
    const mark = '--msgqueue=700001:710001';
    const commandFor = (resourceLimits: ResourceLimits, setting: Partial<Setting> = {}) =>
      markedCommandFor(resourceLimits, setting, MARK);
    expect(commandFor({}, { files: {} })).toEqual(['prlimit', mark, '--']);
    expect(commandFor({ memory: GIB, by: 'prlimit' })).toEqual(['prlimit', `--data=${GIB}`, mark, '--']);
    const scoped = commandFor({ memory: GIB, cpuTime: 1_000 });
    expect(scoped.slice(scoped.indexOf('--') + 1)).toEqual(['prlimit', '--cpu=1:6', mark, '--']);
    expect(commandFor({ memory: GIB }).slice(-4)).toEqual(['--', 'prlimit', mark, '--']);
  });

  it('can be had without it where nothing sets it', () => {
    expect(markedCommandFor({}, { programs: [] }, MARK)).toEqual([]);
    expect(markedCommandFor({ memory: GIB }, { programs: ['systemd-run'] }, MARK)).toEqual(
      commandFor({ memory: GIB }, { programs: ['systemd-run'] }),
    );
  });

  it('are never set by what lies in the working directory', () => {
    expect(() => commandFor({ memory: GIB }, { cwd: true })).toThrow(/no prlimit on PATH/);
  });
});

/** A machine that exists in the test alone; by default one where everything can be had. */
interface Setting {
  readonly platform: string;
  readonly user: number;
  readonly programs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Whether the programs lie in the working directory. */
  readonly cwd: boolean;
}

const MARK = { soft: 700_001, hard: 710_001 };

function commandFor(resourceLimits: ResourceLimits, setting: Partial<Setting> = {}): string[] {
  return markedCommandFor(resourceLimits, setting, null);
}

function markedCommandFor(
  resourceLimits: ResourceLimits,
  setting: Partial<Setting>,
  mark: typeof MARK | null,
): string[] {
  const {
    platform = 'linux',
    user = 1000,
    programs = ['prlimit', 'systemd-run'],
    files = { '/run/user/1000/systemd/private': '', [USER_GROUP]: 'cpu memory pids\n' },
    cwd = false,
  } = setting;
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const name of programs) {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o755);
  }
  const machine: Machine = { platform, user, exists: (file) => file in files, read: (file) => files[file] ?? null };
  const place = { path: `.:${folder}`, cwd: cwd ? folder : '/', env: {}, machine };
  const command = limitCommand(resourceLimits, place, mark);
  return command.map((argument) => argument.replace(`${folder}/`, ''));
}
