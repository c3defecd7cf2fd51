import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { SluiceError, messageOf, systemCodeOf } from '../errors.ts';
import { isUnknown, type ClaudeMessage, type Message, type SluiceMessage } from '../messages/types.ts';
import type { StopReason } from '../messages/evidence.ts';
import type { Spool } from './output/spool.ts';
import { drain } from './output/stderr-tail.ts';
import { openConversation, type PromptBlocks } from './talk.ts';

/** What to start and what to say to it. */
export interface ChildOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly spool: Spool;
  readonly agents?: unknown;
}

/** How the child ended. */
export interface ChildEnding {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** Why we stopped it, if we did. */
  readonly stoppedBy: StopReason | null;
}

/** A running claude, owned by the one who started it. */
export interface Child {
  /** Gives it the prompt, which it has been waiting for. */
  ask(blocks: PromptBlocks): void;
  /** Tells the supervisor what claude printed: a result lets it exit, a request is answered. */
  observe(message: Message): void;
  /** Starts the ladder; a second call with `now` skips its graces. */
  stop(reason: StopReason, now?: 'now'): void;
  /** Settles once the process is gone. Never rejects but for a start that failed. */
  readonly ended: Promise<ChildEnding>;
}

/** How long claude may take to exit once the result that counts is there; its stdin is closed by then. */
const EXIT_GRACE_MS = 10_000;

/** How long stderr may stay open after the exit. */
const STDERR_GRACE_MS = 500;

/**
 * The ladder: the wait before each step, in milliseconds. An interrupt over stdin brings a result within 30 ms and is
 * the only step that never loses partial text; SIGINT brings one in most cases; SIGTERM is for a claude that hangs;
 * SIGKILL for one that ignores signals.
 */
const LADDER = [
  { wait: 0, step: 'interrupt' },
  { wait: 5_000, step: 'SIGINT' },
  { wait: 3_000, step: 'SIGTERM' },
  { wait: 2_000, step: 'SIGKILL' },
] as const;

/**
 * Starts claude in a process group of its own, and sees to its end.
 * @throws SluiceError `claude_not_found`, `usage` or `internal` when the system can't start it; some systems tell it only
 * later, through {@link Child.ended}
 */
export function startChild(options: ChildOptions): Child {
  const { spool } = options;
  const child = start(options);
  const conversation = openConversation(child.stdin);
  const stderr = drain(child.stderr);
  const timers = new Set<NodeJS.Timeout>();
  let stoppedBy: StopReason | null = null;
  let resultSeen = false;
  let rung = 0;
  let gone = false;

  function after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
  }

  function kill(signal: NodeJS.Signals): void {
    if (gone || child.pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch (error) {
      if (systemCodeOf(error) !== 'ESRCH') child.kill(signal);
    }
  }

  function climb(): void {
    const current = LADDER[rung++];
    if (current === undefined || gone) return;
    if (current.step === 'interrupt') conversation.interrupt();
    else kill(current.step);
    const next = LADDER[rung];
    if (next !== undefined) after(next.wait, climb);
  }

  function stop(reason: StopReason, now?: 'now'): void {
    if (stoppedBy === null) {
      stoppedBy = reason;
      if (reason === 'lingering') rung = 1;
      climb();
    }
    if (now === 'now' && rung < LADDER.length) {
      rung = LADDER.length - 2;
      climb();
    }
  }

  const ended = new Promise<ChildEnding>((resolve, reject) => {
    child.once('error', (error) => {
      finish();
      reject(startFailure(options.path, error));
    });
    child.once('exit', (code, signal) => {
      finish();
      void stderr.ended(STDERR_GRACE_MS).then(() => resolve({ code, signal, stderr: stderr.text(), stoppedBy }));
    });
  });

  // Who waits for the end learns of a failed start then; nobody else has to.
  ended.catch(() => {});

  function finish(): void {
    gone = true;
    for (const timer of timers) clearTimeout(timer);
    spool.end();
  }

  if (options.agents !== undefined) conversation.initialize(options.agents);

  return {
    ended,
    stop,
    ask: (blocks) => conversation.prompt(blocks),
    observe(message) {
      if (!isUnknown(message)) {
        if (message.type === 'control_request') conversation.decline(message);
        if (isHopeless(message)) stop('hopeless');
      }
      // Whatever is odd about it; those that background tasks cause come after it.
      if (message.type === 'result' && !resultSeen) {
        resultSeen = true;
        conversation.end();
        after(EXIT_GRACE_MS, () => stop('lingering'));
      }
    },
  };
}

/**
 * Claude tries a refused key ten times in three minutes. Its first retry may come with a renewed login; after that one
 * nothing changes any more.
 */
function isHopeless(message: ClaudeMessage | SluiceMessage): boolean {
  if (message.type !== 'system' || message.subtype !== 'api_retry' || message.attempt < 2) return false;
  return message.error_status === 401 || message.error_status === 403;
}

/** A process with pipes for stdin and stderr, and the spool for stdout. */
type ClaudeProcess = ChildProcess & { readonly stdin: Writable; readonly stderr: Readable };

function start({ path, args, env, cwd, spool }: ChildOptions): ClaudeProcess {
  let child: ChildProcess;
  try {
    child = spawn(path, [...args], {
      cwd,
      env,
      stdio: ['pipe', spool.descriptor, 'pipe'],
      // A terminal's Ctrl-C must reach us alone, and one kill the whole group.
      detached: true,
    });
  } catch (error) {
    throw startFailure(path, error);
  }
  if (!hasPipes(child)) throw new SluiceError('internal', 'the system gave no pipes to talk to claude');
  return child;
}

function hasPipes(child: ChildProcess): child is ClaudeProcess {
  return child.stdin !== null && child.stderr !== null;
}

function startFailure(path: string, error: unknown): SluiceError {
  const code = systemCodeOf(error);
  const reason =
    code === 'ENOEXEC' || code === 'EACCES' ? 'is not a program that can be run here' : `could not be started`;
  const cause = { cause: error };
  if (code === 'ERR_INVALID_ARG_VALUE') {
    return new SluiceError('usage', 'an option for claude holds a NUL character', cause);
  }
  if (code === 'E2BIG') {
    return new SluiceError(
      'usage',
      'the options for claude are too long for a command line; give them as files',
      cause,
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EAGAIN' || code === 'ENOMEM') {
    return new SluiceError('internal', `the system has no room to start claude (${code})`, cause);
  }
  return new SluiceError('claude_not_found', `${path} ${reason}: ${messageOf(error)}; pass --claude PATH`, cause);
}
