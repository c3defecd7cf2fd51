import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { GUARDIAN_SCRIPT } from '../../../../src/claude/process-tree/guardian-script.ts';
import { statusOf } from '../../../../src/system/process-files.ts';
import { builtProgram } from '../../../support/built-program.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../../support/mount-namespace.ts';
import { endProcessesWith, exists, kill, newFolder, newTag, PATIENCE, processesWith } from './household.ts';

const PROGRAM = builtProgram(new URL('./guarded.ts', import.meta.url));

/** A program with runs that are guarded. */
interface Guarded {
  readonly program: ChildProcess;
  readonly tag: string;
  readonly folders: readonly string[];
  say(line: string): void;
  /** The id of its guardian, 0 when there is none. */
  guardian(): Promise<number>;
  /** Ends the guarding of a run, by its number, and tells what befell the guardian. */
  dismiss(run: number): Promise<unknown>;
  /** Waits until as many processes run as the scripts leave. */
  settled(processes: number): Promise<void>;
}

interface GuardedOptions {
  readonly scripts: readonly string[];
  readonly dies?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the program with a run for each script; the end of the test ends it all. */
async function startGuarded({ scripts, dies = false, env = {} }: GuardedOptions): Promise<Guarded> {
  const tag = newTag();
  const runs = scripts.map((script) => ({ script, dies, folder: newFolder() }));
  const program = spawn(process.execPath, [PROGRAM, JSON.stringify(runs)], {
    env: { ...env, PATH: process.env['PATH'], TAG: tag },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    program.kill('SIGKILL');
    endProcessesWith(tag);
  });
  const { stdin, stdout } = program;
  if (stdin === null || stdout === null) throw new Error('no pipes');
  const lines = createInterface({ input: stdout });
  const answers = lines[Symbol.asyncIterator]();
  if (!dies) await answers.next();
  const say = (line: string): void => void stdin.write(`${line}\n`);
  return {
    program,
    tag,
    folders: runs.map(({ folder }) => folder),
    say,
    async guardian() {
      say('guardian');
      return Number((await answers.next()).value);
    },
    async dismiss(run) {
      say(`dismiss ${run}`);
      return JSON.parse((await answers.next()).value ?? 'null');
    },
    settled: (count) => vi.waitFor(() => expect(processesWith(tag)).toHaveLength(count), PATIENCE),
  };
}

/** Every kind of process that a tool may leave behind. */
const ALL_KINDS = `
sleep $TAG &
setsid sleep $TAG &
(nohup sleep $TAG > /dev/null 2>&1 &) &
env -i setsid sleep $TAG &
sh -c 'trap "" INT TERM HUP; sleep $TAG; :' "$TAG" &
sleep $TAG &
sleep 0.3
kill -STOP $!
sleep $TAG`;
const ALL_PROCESSES = 8;

describe.runIf(process.platform === 'linux')('the guardian', { timeout: 90_000 }, () => {
  it('ends everything within 10 s when sluice is killed, and removes the folder', async () => {
    const { program, folders, settled } = await startGuarded({ scripts: [ALL_KINDS] });
    await settled(ALL_PROCESSES);
    const begun = performance.now();
    program.kill('SIGKILL');
    await settled(0);
    await vi.waitFor(() => expect(folders.filter((folder) => existsSync(folder))).toEqual([]), PATIENCE);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('knows of a run before claude is there', async () => {
    const { program, folders, tag, settled } = await startGuarded({ scripts: [ALL_KINDS], dies: true });
    if (program.signalCode === null) await once(program, 'exit');
    expect(program.signalCode).toBe('SIGKILL');
    await vi.waitFor(() => expect(folders.filter((folder) => existsSync(folder))).toEqual([]), PATIENCE);
    await settled(0);
    expect(processesWith(tag)).toEqual([]);
  });

  it.each([{}, { STUBBORN: 'yes' }])(
    'sees to a sluice inside the run, and that to what it started: %j',
    async (env) => {
      const folder = newFolder();
      const { program, folders, settled } = await startGuarded({
        scripts: ['sleep $TAG | "$NODE" "$PROGRAM" "$INNER"'],
        env: {
          ...env,
          NODE: process.execPath,
          PROGRAM,
          INNER: JSON.stringify([{ script: 'env -i setsid sleep $TAG &\nenv -i setsid nohup sleep $TAG &', folder }]),
        },
      });
      await settled(3);
      program.kill('SIGKILL');
      await settled(0);
      await vi.waitFor(() => expect([folder, ...folders].filter((path) => existsSync(path))).toEqual([]), PATIENCE);
      await vi.waitFor(() => expect(processesWith(folder)).toEqual([]), PATIENCE);
    },
  );

  it('leaves what a guardian inside the run starts to its work', async () => {
    const done = join(newFolder(), 'done');
    const { program, settled } = await startGuarded({
      scripts: [
        `printf sluice-guardian > /proc/$$/comm
trap '' TERM
sleep $TAG &
sleep 3 && : > "$DONE"`,
      ],
      env: { DONE: done },
    });
    await settled(1);
    program.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(done)).toBe(true), PATIENCE);
    await settled(0);
  });

  it('is replaced when it is killed, and all runs are told again', async () => {
    const { program, folders, guardian, settled } = await startGuarded({ scripts: [ALL_KINDS, 'sleep $TAG'] });
    await settled(ALL_PROCESSES + 1);
    let killed = 0;
    for (let times = 0; times < 3; times++) {
      killed = await another(guardian, killed);
      kill(killed);
    }
    await another(guardian, killed);
    program.kill('SIGKILL');
    await settled(0);
    await vi.waitFor(() => expect(folders.filter((folder) => existsSync(folder))).toEqual([]), PATIENCE);
  });

  it('is replaced a few times only, and that is told', async () => {
    const { guardian, dismiss } = await startGuarded({ scripts: ['sleep $TAG'] });
    let killed = 0;
    for (let times = 0; times < 11; times++) {
      killed = await another(guardian, killed);
      kill(killed);
    }
    await vi.waitFor(async () => expect(await guardian()).toBe(0), PATIENCE);
    await sleep(500);
    expect(await guardian()).toBe(0);
    expect(await dismiss(0)).toEqual([expect.stringMatching(/^the guardian was killed 11 times and is gone: /)]);
  });

  it('is woken when it is stopped, replaced when that happens again and again, and that is told', async () => {
    const { program, guardian, dismiss, folders, settled } = await startGuarded({
      scripts: ['sleep $TAG', 'sleep $TAG'],
    });
    await settled(2);
    const first = await another(guardian);
    for (let times = 0; times < 3; times++) {
      await vi.waitFor(() => {
        kill(first, 'SIGSTOP');
        expect(statusOf(first)?.state).toBe('T');
      }, PATIENCE);
      await vi.waitFor(() => expect(statusOf(first)?.state).not.toBe('T'), PATIENCE);
    }
    await another(guardian, first);
    expect(await dismiss(0)).toEqual([expect.stringMatching(/^the guardian was killed or stopped \d times, /)]);
    program.kill('SIGKILL');
    await vi.waitFor(() => expect(folders.map((folder) => existsSync(folder))).toEqual([true, false]), PATIENCE);
  });

  it('may be harmed once without a word', async () => {
    const { guardian, dismiss, settled } = await startGuarded({ scripts: ['sleep $TAG'] });
    await settled(1);
    const first = await another(guardian);
    kill(first);
    await another(guardian, first);
    expect(await dismiss(0)).toEqual([]);
  });

  it('lets a run be that is over, and ends the others', async () => {
    const { program, folders, dismiss, guardian, settled } = await startGuarded({
      scripts: ['sleep $TAG', 'sleep $TAG', 'sleep $TAG'],
    });
    await settled(3);
    const one = await another(guardian);
    expect(await dismiss(1)).toEqual([]);
    expect(await guardian()).toBe(one);
    program.kill('SIGKILL');
    await vi.waitFor(() => expect(folders.map((folder) => existsSync(folder))).toEqual([false, true, false]), PATIENCE);
    await settled(1);
  });

  it('goes with the last run', async () => {
    const { dismiss, guardian, settled } = await startGuarded({ scripts: ['sleep $TAG', 'sleep $TAG'] });
    await settled(2);
    const pid = await another(guardian);
    await dismiss(0);
    await dismiss(1);
    await vi.waitFor(() => expect(exists(pid)).toBe(false), PATIENCE);
    await settled(2);
  });

  it('keeps nobody waiting: neither the program nor who reads what that prints', async () => {
    const { program, say, settled } = await startGuarded({ scripts: ['sleep $TAG'] });
    const end = once(program, 'close');
    say('exit');
    expect(await end).toEqual([0, null]);
    await settled(0);
  });

  it("stands apart: its own session, nobody's child, a bare environment, no argument that tells of a run", async () => {
    const { program, guardian } = await startGuarded({ scripts: ['sleep $TAG'] });
    const pid = await another(guardian);
    const fileOf = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    // What a shell adds of itself tells nothing.
    expect(fileOf('environ').replaceAll(/(?:PWD|OLDPWD|SHLVL|_)=[^\0]*\0/g, '')).toMatch(/^PATH=[^\0]*\0$/);
    const [, , , parent, , session] = fileOf('stat').split(' ').map(Number);
    expect([program.pid, pid]).not.toContain(parent);
    expect(session).not.toBe(Number(readFileSync(`/proc/${program.pid}/stat`, 'utf8').split(' ')[5]));
    await vi.waitFor(() => expect(fileOf('comm')).toBe('sluice-guardian\n'), PATIENCE);
    expect(fileOf('cmdline')).not.toMatch(/[0-9a-f]{32}/);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) kill(pid, signal);
    expect(await guardian()).toBe(pid);
  });
});

/** The guardian that comes after another one, once it has said its id. */
function another(guardian: () => Promise<number>, last = 0): Promise<number> {
  return vi.waitFor(async () => {
    const pid = await guardian();
    expect([0, last]).not.toContain(pid);
    return pid;
  }, PATIENCE);
}

/** Where a program is, as the shell would find it. */
function locate(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const path = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (path === undefined) throw new Error(`no ${name} here`);
  return path;
}

describe.runIf(process.platform !== 'win32')('the script of the guardian', { timeout: 60_000 }, () => {
  const places = process.platform === 'linux' ? ['/proc', '/without-proc'] : ['/proc'];

  it.each(places)('needs no more than a few programs, and does with %s', async (proc) => {
    const bin = newFolder();
    for (const name of ['grep', 'sleep', 'rm', 'chmod', 'ps', 'date']) symlinkSync(locate(name), join(bin, name));
    const tag = newTag();
    const folder = newFolder();
    const claude = spawn('/bin/sh', ['-c', `sleep ${tag}; :`], { stdio: 'ignore' });
    const stranger = spawn('sleep', [newTag()], { stdio: 'ignore' });
    onTestFinished(() => {
      claude.kill('SIGKILL');
      stranger.kill('SIGKILL');
      endProcessesWith(tag);
    });
    await vi.waitFor(() => expect(processesWith(tag)).toHaveLength(2), PATIENCE);
    const script = GUARDIAN_SCRIPT.replaceAll('/proc', proc);
    const guardian = spawn('/bin/sh', ['-c', script], { env: { PATH: bin }, stdio: ['pipe', 'ignore', 'ignore'] });
    const start = (proc === '/proc' && statusOf(claude.pid ?? 0)?.start) || '-';
    guardian.stdin?.end(`${linesFor(folder)}seen ${RUN} ${claude.pid} ${start}\n`);
    await once(guardian, 'exit');
    expect(processesWith(tag)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    expect(exists(stranger.pid ?? 0)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('kills what it was told of where it can start no process', async () => {
    // Root may start any number.
    const somebody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const claude = spawn('sleep', ['600'], { ...somebody, stdio: 'ignore' });
    onTestFinished(() => void claude.kill('SIGKILL'));
    const start = statusOf(claude.pid ?? 0)?.start ?? '-';
    spawnSync('prlimit', ['--nproc=1', '/bin/sh', '-c', GUARDIAN_SCRIPT], {
      ...somebody,
      input: `run ${RUN} ${start} - -\nseen ${RUN} ${claude.pid} ${start}\n`,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await vi.waitFor(() => expect(claude.signalCode).toBe('SIGKILL'), PATIENCE);
  });
});

/** Nobody else's: whatever has it in its environment is ended. */
const RUN = randomBytes(16).toString('hex');

/** What the guardian is told of a run that has a folder. */
function linesFor(path: string): string {
  const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  const started = statusOf(process.pid)?.start ?? '-';
  return `run ${RUN} ${started} - -\nfolder ${RUN} ${realpathSync(path).replaceAll(/[ \t\n\\]/g, octal)}\n`;
}

/** Names that a shell could stumble over; a folder's name can hold anything. */
const NAMES = [
  'plain',
  '3 words',
  'new\n1 line',
  'at the end\n',
  '-rf',
  '100%s %%',
  '*',
  '$(touch x)`id`"\'',
  '\\040 \\n',
  '[a-z]?',
];

describe.runIf(process.platform !== 'win32')('the folder that the guardian removes', { timeout: 30_000 }, () => {
  it.each(NAMES)('may be called %j', async (name) => {
    const parent = newFolder();
    const [path, beside] = [join(parent, name), join(parent, 'beside')];
    for (const folder of [path, beside]) {
      mkdirSync(folder);
      writeFileSync(join(folder, name), '');
    }
    chmodSync(path, 0o500);
    spawnSync('/bin/sh', ['-c', GUARDIAN_SCRIPT], { input: linesFor(path), stdio: ['pipe', 'ignore', 'ignore'] });
    expect(readdirSync(parent).sort()).toEqual(['beside', 'file']);
    expect(readdirSync(beside)).toEqual([name]);
  });

  // Without root and without namespaces for users nothing can be mounted, and nobody can lose what is.
  const shells = canMount() ? ['/bin/sh', 'bash'] : [];
  const mounts = {
    'a folder of the same file system': ['mount --bind "$PRECIOUS" "$TREE/a b/\nm"', ['a b', 'a b/\nm']],
    'a folder of another file system': [
      'mount -t tmpfs none "$OTHER"; cp -a "$PRECIOUS/." "$OTHER"; mount --bind "$OTHER" "$TREE/a b/\nm"',
      ['a b', 'a b/\nm'],
    ],
    'a file': ['mount --bind "$PRECIOUS/file" "$TREE/a b/.file"', ['a b', 'a b/.file']],
    'a folder over the whole folder': [
      'mount --bind "$PRECIOUS" "$TREE"',
      ['.beside', 'a b', 'a b/\nm', 'a b/.file', 'a b/c', 'a b/c/file', 'a b/link'],
    ],
  } as const;

  describe.each(shells)('by %s', (shell) => {
    it.each(Object.entries(mounts))('keeps what is mounted in it: %s', (_, [script, left]) => {
      const folder = newFolder();
      const [tree, precious, other] = [join(folder, 'a tree'), join(folder, 'precious'), join(folder, 'other')];
      for (const path of [`${tree}/a b/\nm`, `${tree}/a b/c`, `${precious}/folder`, other])
        mkdirSync(path, { recursive: true });
      const files = [
        `${tree}/.beside`,
        `${tree}/a b/.file`,
        `${tree}/a b/c/file`,
        `${precious}/file`,
        `${precious}/folder/file`,
      ];
      for (const path of files) writeFileSync(path, 'x');
      chmodSync(join(precious, 'folder'), 0o555);
      symlinkSync(join(precious, 'file'), join(tree, 'a b', 'link'));
      const [program, ...args] = [...IN_MOUNT_NAMESPACE, 'sh', '-c', `${script}; exec "$@"`, 'sh'];
      spawnSync(program, [...args, shell, '-c', GUARDIAN_SCRIPT], {
        input: linesFor(tree),
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { ...process.env, TREE: tree, PRECIOUS: precious, OTHER: other },
      });
      expect(readdirSync(precious, { recursive: true }).map(String).sort()).toEqual(['file', 'folder', 'folder/file']);
      expect(statSync(join(precious, 'folder')).mode & 0o777).toBe(0o555);
      expect(readdirSync(tree, { recursive: true }).map(String).sort()).toEqual([...left].sort());
    });
  });
});
