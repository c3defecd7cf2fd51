import { fstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { SluiceError, systemCodeOf } from '../errors.ts';
import type { Terminal } from '../sinks/output.ts';

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
  /** Calls back on each SIGINT, SIGTERM and SIGHUP from now on; returns what ends that. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void): () => void;
}

/** What tells a file from all others. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** A terminal whose writes can be waited for. */
export interface FlushingTerminal extends Terminal {
  /** Writes bytes as they are, behind all text so far. Settles when they have left the process, as `flush` does. */
  pour(bytes: Uint8Array): Promise<void>;
  /** Settles when all that was written has left the process; rejects with the system's error when it can't. */
  flush(): Promise<void>;
}

/** The real process. */
export function processIo(): Io {
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
      if (fstatSync(0).isDirectory()) throw new Error('it is a folder');
      return process.stdin;
    },
    get stdinIsTerminal() {
      return process.stdin.isTTY || false;
    },
    get stdinMayBeIdle() {
      return fstatSync(0).isSocket();
    },
    stdout: terminalOf('stdout', process.stdout),
    stderr: terminalOf('stderr', process.stderr),
    isStdout: ({ dev, ino }) => {
      const stats = fstatSync(1);
      return stats.isFile() && stats.dev === dev && stats.ino === ino;
    },
    stderrStream: canRedraw() ? process.stderr : null,
    onSignal(listener) {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      const listeners = signals.map((signal) => [signal, () => listener(signal)] as const);
      for (const [signal, listen] of listeners) process.on(signal, listen);
      return () => {
        for (const [signal, listen] of listeners) process.off(signal, listen);
      };
    },
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new SluiceError('usage', 'the current directory is gone; change to another one', { cause: error });
  }
}

/** Whether a line on stderr can be drawn over and over: not in CI, whose logs keep every frame. */
function canRedraw(): boolean {
  return process.stderr.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
}

function isPiped(): boolean {
  if (process.stdin.isTTY) return false;
  try {
    return !fstatSync(0).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Text waits here for its turn of the event loop, so that a burst of events is one write. */
const BURST = 64 * 1024;

function terminalOf(name: string, stream: WriteStream & Writable): FlushingTerminal {
  let pending = '';
  let scheduled = false;
  let failure: Error | null = null;
  let last: Promise<void> = Promise.resolve();
  stream.on('error', (error: Error) => {
    fail(error);
  });

  function fail(error: Error): void {
    failure ??=
      systemCodeOf(error) === 'EPIPE'
        ? error
        : new SluiceError('output_error', `${name} cannot be written: ${error.message}`, { cause: error });
  }

  function send(): Promise<void> {
    scheduled = false;
    if (pending === '') return last;
    const text = pending;
    pending = '';
    return put(text);
  }

  function put(piece: string | Uint8Array): Promise<void> {
    last = new Promise((resolve, reject) => {
      stream.write(piece, (error) => {
        if (error) fail(error);
        if (failure === null) resolve();
        else reject(failure);
      });
    });
    // Whoever flushes learns of it, and the next write does.
    last.catch(() => {});
    return last;
  }

  return {
    // Undefined off a terminal, whatever its type says.
    isTTY: stream.isTTY || false,
    colorLevel: 0,
    columns: () => (stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY),
    write(text) {
      if (failure !== null) throw failure;
      pending += text;
      if (pending.length >= BURST) return send();
      if (!scheduled) {
        scheduled = true;
        process.nextTick(() => void send().catch(() => {}));
      }
      return undefined;
    },
    async pour(bytes) {
      if (failure !== null) throw failure;
      void send();
      await put(bytes);
    },
    async flush() {
      await send();
      if (failure !== null) throw failure;
    },
  };
}
