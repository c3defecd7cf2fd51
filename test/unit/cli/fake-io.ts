import { PassThrough, type Readable } from 'node:stream';
import type { FlushingTerminal } from '../../../src/cli/terminal/flushing-terminal.ts';
import type { Io } from '../../../src/cli/io.ts';

/** A process that exists in the test alone. */
export interface FakeIo extends Io {
  /** What was printed so far. */
  printed(): { readonly out: string; readonly err: string };
  /** What stands on stdout so far, which need not be text. */
  printedBytes(): Buffer;
}

export interface FakeProcess {
  readonly stdin?: Readable | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly isTTY?: boolean;
  /** What writing to stdout fails with, once it is waited for. */
  readonly broken?: Error;
}

export function fakeIo({ stdin = null, env = {}, cwd = '/', isTTY = false, broken }: FakeProcess = {}): FakeIo {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const terminal = (written: Uint8Array[], failure?: Error): FlushingTerminal => ({
    isTTY,
    colorLevel: 0,
    columns: () => 80,
    write: (text) => void written.push(Buffer.from(text)),
    pour: async (bytes) => {
      if (failure !== undefined) throw failure;
      written.push(Buffer.from(bytes));
    },
    flush: () => (failure === undefined ? Promise.resolve() : Promise.reject(failure)),
    onFailure: () => () => {},
  });
  return {
    argv: [],
    env,
    cwd,
    stdin,
    anyStdin: () => stdin ?? piped(),
    stdinIsTerminal: isTTY,
    stdinMayBeIdle: false,
    usersTerminal: () => null,
    stdout: terminal(out, broken),
    stderr: terminal(err),
    isStdout: () => false,
    stderrStream: null,
    onSignal: () => () => {},
    ignore: () => {},
    suspension: { subscribe: () => () => {} },
    onCrash: () => {},
    printed: () => ({ out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    printedBytes: () => Buffer.concat(out),
  };
}

/** A pipe with something in it. */
export function piped(...chunks: readonly string[]): Readable {
  const pipe = new PassThrough();
  for (const chunk of chunks) pipe.write(chunk);
  pipe.end();
  return pipe;
}
