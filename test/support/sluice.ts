import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';
import * as z from 'zod';
import { bundleSchema } from '../../src/outcome/bundle.ts';
import { CLAUDE } from './claude.ts';
import { FAKE_CLAUDE, type FakeScript } from './fake.ts';
import { freshHome, type Home, temporaryFilesOf } from './folder.ts';
import { processesOf } from './processes.ts';
import { remainsOf } from './remains.ts';
import { atTestEnd } from './test-end.ts';

/** How a test runs sluice: as a user would, but with nothing of the user's own in the way. */
export interface Invocation {
  /** Where the API is; without it nobody answers. */
  readonly api?: { readonly url: string };
  /** Added to the minimal environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is piped in; absent: nothing, as from /dev/null. */
  readonly input?: string | Buffer;
  /** Whether stdin is a pipe that stays open, after `input` if there is one. */
  readonly staysOpen?: boolean;
  /** Where to run; default: the home's empty project. */
  readonly cwd?: string;
  /** Default: one of its own. */
  readonly home?: Home;
  /** What a fake claude does in place of the real one. */
  readonly fake?: FakeScript;
  /** The claude to use; null leaves the choice to sluice. */
  readonly claude?: string | null;
  /** Another sluice than the built one. */
  readonly bin?: string;
  /** What runs, given how sluice is started; default: that. */
  readonly shell?: (command: string) => string;
  /** Whether the test ends before sluice does, or before what cleans up after it; default: then the test fails. */
  readonly leaves?: boolean;
}

/** An event, as ndjson has it. */
const eventSchema = bundleSchema.shape.messages.element;
export type Event = z.infer<typeof eventSchema>;

/** What a run left behind. */
export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
  readonly home: Home;
  /** stdout as ndjson. */
  events(): Event[];
  /** stdout as stream-json: claude's own messages. */
  messages(): Message[];
  /** stdout as the one document of `-o json`. */
  bundle(): Bundle;
  /** A file that the run wrote, relative to the home's project. */
  file(name: string): string;
  /** A file that `--bundle` wrote. */
  bundleFile(name: string): Bundle;
  /** What was left in the folder for temporary files. */
  temporaryFiles(): string[];
}

const messageSchema = z.looseObject({ type: z.string() });
export type Message = z.infer<typeof messageSchema>;
type Bundle = z.infer<typeof bundleSchema>;

/** A run that is going on. */
export interface Running {
  readonly home: Home;
  readonly finished: Promise<Finished>;
  /** Settles when stdout has the text; rejects when the run ends without it. */
  prints(text: string): Promise<void>;
  /** What it said on stderr so far. */
  stderr(): string;
  /** Settles when stderr is as wanted; rejects when the run ends without it. */
  says(isWanted: (stderr: string) => boolean): Promise<void>;
  /** What it reads; null where nothing is piped in. */
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading stdout, for good. */
  leave(): void;
}

const BIN = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));

/** Runs the built sluice to its end. */
export function sluice(args: readonly string[], invocation: Invocation = {}): Promise<Finished> {
  return startSluice(args, invocation).finished;
}

/** Starts the built sluice. When the test is over, nothing of it may be left; what is left all the same is killed. */
export function startSluice(args: readonly string[], invocation: Invocation = {}): Running {
  const { input, staysOpen = false, home = freshHome(), shell, bin = BIN } = invocation;
  const shellArguments = shell && ['-c', shell([process.execPath, bin, ...args].map(quote).join(' '))];
  const child = execa(shellArguments ? 'sh' : process.execPath, shellArguments ?? [bin, ...args], {
    cwd: invocation.cwd ?? home.project,
    env: environment(invocation, home),
    extendEnv: false,
    stdin: input === undefined && !staysOpen ? 'ignore' : 'pipe',
    // What it prints is looked at meanwhile, whatever it is.
    buffer: false,
    reject: false,
    forceKillAfterDelay: false,
  });
  atTestEnd(async () => {
    const running = child.exitCode === null && child.signalCode === null;
    // A look at all processes takes a while: none is taken twice where nothing is left.
    const remains = invocation.leaves === true || running ? ['itself'] : await remainsOf(home);
    if (remains.length === 0) return;
    killAll(child, home);
    if (invocation.leaves !== true) throw new Error(`left by sluice ${args.join(' ')}:\n${remains.join('\n')}`);
  });
  // A sluice that rejects its command line reads nothing: that is no error here.
  child.stdin?.on('error', () => {});
  if (input !== undefined) child.stdin?.write(input);
  if (!staysOpen) child.stdin?.end();

  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr.push(chunk);
    for (const watch of watchers) watch();
  });
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();

  const finished = child.then(({ exitCode = null, signal = null }) =>
    finishedOf({ exitCode, signal, bytes: Buffer.concat(stdout), stderr: text(stderr), home }),
  );

  function hears(chunks: readonly Buffer[], isWanted: (text: string) => boolean, wanted: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        if (!isWanted(text(chunks))) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
      finished.then(() => reject(new Error(`ended without ${wanted}: ${text(stdout)}${text(stderr)}`)), reject);
    });
  }

  return {
    home,
    finished,
    prints: (wanted) => hears(stdout, (printed) => printed.includes(wanted), `"${wanted}"`),
    stderr: () => text(stderr),
    says: (isWanted) => hears(stderr, isWanted, 'what was awaited on stderr'),
    stdin: child.stdin,
    stdout: child.stdout,
    kill: (signal) => void child.kill(signal),
    leave: () => void child.stdout.destroy(),
  };
}

/** What a run left behind, in the ways that tests look at it. */
export function finishedOf(left: Pick<Finished, 'exitCode' | 'signal' | 'bytes' | 'stderr' | 'home'>): Finished {
  const { bytes, home } = left;
  const file = (name: string): string => readFileSync(join(home.project, name), 'utf8');
  return {
    ...left,
    stdout: bytes.toString(),
    events: () => linesOf(bytes).map((line) => eventSchema.parse(line)),
    messages: () => linesOf(bytes).map((line) => messageSchema.parse(line)),
    bundle: () => bundleSchema.parse(JSON.parse(bytes.toString())),
    file,
    bundleFile: (name) => bundleSchema.parse(JSON.parse(file(name))),
    temporaryFiles: () => temporaryFilesOf(home),
  };
}

/** The minimal environment of a run, and what it is to have besides. */
export function environment(
  { api, env, fake, claude = fake ? FAKE_CLAUDE : CLAUDE }: Invocation,
  home: Home,
): NodeJS.ProcessEnv {
  return {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: home.path,
    TMPDIR: home.temporary,
    ANTHROPIC_BASE_URL: api?.url ?? 'http://127.0.0.1:9',
    ANTHROPIC_API_KEY: API_KEY,
    DISABLE_TELEMETRY: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    ...(fake === undefined ? {} : { FAKE_CLAUDE: JSON.stringify(fake) }),
    ...(claude === null ? {} : { SLUICE_CLAUDE_PATH: claude }),
    ...env,
  };
}

/** The key that every run has. */
export const API_KEY = 'sk-ant-fake-0000';

function linesOf(bytes: Buffer): unknown[] {
  return bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** An argument as `sh` reads it. */
export function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function killAll(child: Pick<ResultPromise, 'kill'>, home: Home): void {
  child.kill('SIGKILL');
  for (const pid of processesOf(home.path).keys()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}
