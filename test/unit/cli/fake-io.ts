import { PassThrough, type Readable } from 'node:stream';
import type { FlushingTerminal } from '../../../src/cli/terminal/flushing-terminal.ts';
import type { Io } from '../../../src/cli/io.ts';

/** A process that exists in the test alone. */
export interface FakeIo extends Io {
  /** What was printed so far. */
  printed(): { readonly out: string; readonly err: string };
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
  let out = '';
  let err = '';
  const terminal = (write: (text: string) => void, failure?: Error): FlushingTerminal => ({
    isTTY,
    colorLevel: 0,
    columns: () => 80,
    write,
    pour: async (bytes) => {
      if (failure !== undefined) throw failure;
      write(Buffer.from(bytes).toString());
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
    questions: () => null,
    stdout: terminal((text) => void (out += text), broken),
    stderr: terminal((text) => void (err += text)),
    isStdout: () => false,
    stderrStream: null,
    onSignal: () => () => {},
    ignore: () => {},
    suspension: { subscribe: () => () => {} },
    onCrash: () => {},
    printed: () => ({ out, err }),
  };
}

/** A pipe with something in it. */
export function piped(...chunks: readonly string[]): Readable {
  const pipe = new PassThrough();
  for (const chunk of chunks) pipe.write(chunk);
  pipe.end();
  return pipe;
}
