import { addAbortSignal, type Readable } from 'node:stream';
import { resolve } from 'node:path';
import { SluiceError } from '../../errors.ts';
import type { Input } from '../../filter/filter-text.ts';
import type { Io } from '../io.ts';
import { openInput } from '../../prompt/open-input.ts';

/** What stands for stdin among files. */
const STDIN = '-';

/**
 * The inputs that a command line names: files, `-` for stdin, which is also what no name at all means.
 * @param command what is to be done with them, for errors
 * @param signal ends whatever is being read
 * @throws SluiceError `usage` when it would be a person at a terminal who did not ask for it
 */
export function inputsOf(command: string, names: readonly string[], io: Io, signal: AbortSignal): Input[] {
  if (names.length === 0 && io.stdinIsTerminal) {
    throw new SluiceError(
      'usage',
      `nothing to ${command}: name a file or pipe something in, as in: sluice ${command} < app.log`,
    );
  }
  const wanted = names.length === 0 ? [STDIN] : names;
  // What was read to its end has nothing more to say.
  const once = wanted.filter((name, index) => name !== STDIN || wanted.indexOf(STDIN) === index);
  return once.map((name) => ({
    name: name === STDIN ? null : name,
    open: () => addAbortSignal(signal, name === STDIN ? io.anyStdin() : openFile(name, io)),
  }));
}

function openFile(name: string, io: Io): Readable {
  const { stats, bytes } = openInput(resolve(io.cwd, name));
  if (!io.isStdout(stats)) return bytes;
  bytes.destroy();
  throw new Error('it is the output, too');
}
