import { fstatSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { isatty, type WriteStream } from 'node:tty';
import { SluiceError } from '../errors.ts';
import { INTERRUPT_EXIT_CODES } from '../outcome/classes.ts';
import type { Suspension } from '../run/host.ts';
import { readingEndOf } from '../system/reading-end.ts';
import { drawOn } from './terminal/drawing.ts';
import { type FlushingTerminal, flushingTerminal } from './terminal/flushing-terminal.ts';
import { isInForeground, leaveTerminal } from './terminal/foreground.ts';
import { openUsersTerminal, type UsersTerminal } from './terminal/users-terminal.ts';
import { type StandardStream, standardStream } from './terminal/standard-stream.ts';
import { createSuspension } from './terminal/suspension.ts';

/** All that a command touches of the process it runs in. */
export interface Io {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Null when nothing was piped in: a terminal, or a closed or null device. */
  readonly stdin: Readable | null;
  /** stdin whatever it is, a terminal and the null device too. Throws for a folder. */
  anyStdin(): Readable;
  readonly stdinIsTerminal: boolean;
  /** Whether stdin may be somebody's that is never written to nor closed: a socket, as parents of processes make. */
  readonly stdinMayBeIdle: boolean;
  readonly stdout: FlushingTerminal;
  readonly stderr: FlushingTerminal;
  /** Whether a file is what stdout is redirected to; never for devices and pipes. */
  isStdout(file: FileIdentity): boolean;
  /** stderr itself, for what draws on it; null where nothing can be. */
  readonly stderrStream: WriteStream | null;
  /**
   * Calls back on each SIGINT, SIGTERM and SIGHUP from now on, but for ignored ones; returns what ends that. What is about
   * to exit with a code of its own does not end it: the last signal would be what it died of.
   */
  onSignal(listener: (signal: EndingSignal) => void): () => void;
  /** The user's terminal, to ask at; nothing is drawn meanwhile. Null where there is none. */
  usersTerminal(): UsersTerminal | null;
  /** Makes signals mean nothing, for good: Node undoes what nohup and shells do about them, before any code runs. */
  ignore(signals: readonly IgnorableSignal[]): void;
  /** Ctrl-Z and `fg`, for as long as somebody listens; without listeners the system's own way. */
  readonly suspension: Suspension;
  /** Calls back with what nobody caught; from then on nothing is drawn on stderr any more. */
  onCrash(listener: (thrown: unknown) => void): void;
}

/** What asks a process to end. */
export type EndingSignal = (typeof ENDING_SIGNALS)[number];

/** What nohup and shells start programs without: when a terminal closes, and what is typed at one. */
export type IgnorableSignal = 'SIGHUP' | 'SIGINT' | 'SIGQUIT';
const STDIN = 0;

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What tells a file from all others. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** The real process. */
export function processIo(): Io {
  const ignored = new Set<NodeJS.Signals>();
  let isAsking = false;
  const isOurs = (): boolean => isInForeground() && !isAsking;
  const out = standardStream(1, () => process.stdout);
  const err = standardStream(2, () => process.stderr);
  const drawing = canRedraw(err) ? drawOn(process.stderr, isOurs) : null;
  // However it ends, the terminal is somebody's.
  process.on('exit', () => {
    drawing?.erase();
    if (!isInForeground()) leaveTerminal();
  });
  if (process.pid === 1) endOnSignals();
  let wasStopped = false;
  return {
    argv: process.argv.slice(2),
    env: process.env,
    get cwd() {
      return currentFolder();
    },
    get stdin() {
      return isPiped() ? process.stdin : null;
    },
    anyStdin() {
      // Node makes an empty stream of it.
      if (fstatSync(STDIN).isDirectory()) throw new Error('it is a folder');
      return process.stdin;
    },
    get stdinIsTerminal() {
      return isatty(STDIN);
    },
    get stdinMayBeIdle() {
      return fstatSync(STDIN).isSocket();
    },
    stdout: {
      ...flushingTerminal('stdout', out, {
        look: () => readingEndOf(1),
        canRedraw: () => canRedraw(out) && isOurs(),
      }),
      wasLeft() {
        const was = wasStopped;
        wasStopped = false;
        return was;
      },
    },
    // A run is no worse for what nobody hears.
    stderr: flushingTerminal('stderr', err, { isOptional: true, makeRoom: drawing?.makeRoom }),
    isStdout: ({ dev, ino }) => {
      const stats = fstatSync(1);
      return stats.isFile() && stats.dev === dev && stats.ino === ino;
    },
    stderrStream: drawing?.stream ?? null,
    onSignal(listener) {
      const listeners = ENDING_SIGNALS.map(
        (signal) => [signal, () => void (ignored.has(signal) || listener(signal))] as const,
      );
      for (const [signal, listen] of listeners) process.on(signal, listen);
      return () => {
        for (const [signal, listen] of listeners) process.off(signal, listen);
      };
    },
    usersTerminal() {
      const terminal = openUsersTerminal((descriptor, text) => writeSync(descriptor, text));
      return (
        terminal && {
          ...terminal,
          async ask(text, signal) {
            drawing?.erase();
            isAsking = true;
            try {
              return await terminal.ask(text, signal);
            } finally {
              isAsking = false;
              drawing?.redraw();
            }
          },
        }
      );
    },
    ignore(signals) {
      for (const signal of signals) {
        ignored.add(signal);
        process.on(signal, () => {});
      }
    },
    suspension: createSuspension({
      onStop(listener) {
        process.on('SIGTSTP', listener);
        return () => process.off('SIGTSTP', listener);
      },
      stop() {
        wasStopped = true;
        process.kill(process.pid, 'SIGTSTP');
      },
      erase: () => drawing?.erase(),
      redraw: () => drawing?.redraw(),
    }),
    onCrash(listener) {
      process.on('uncaughtException', (error) => {
        drawing?.end();
        listener(error);
      });
    },
  };
}

/** The first process of a container: signals do nothing there by themselves, not even those that end all others. */
function endOnSignals(): void {
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      const isAlone = process.listenerCount(signal) === 1;
      if (isAlone) process.exit(INTERRUPT_EXIT_CODES[signal]);
    });
  }
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new SluiceError('usage', 'the current directory is gone; change to another one', { cause: error });
  }
}

/** Whether a line can be drawn over and over: not in CI, whose logs keep every frame. */
function canRedraw({ isTTY }: StandardStream): boolean {
  return isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
}

/** Asked of the descriptor: Node's stream of it would make the pipe non-blocking, for those too who go on reading it. */
function isPiped(): boolean {
  try {
    return !fstatSync(STDIN).isCharacterDevice();
  } catch {
    return false;
  }
}
