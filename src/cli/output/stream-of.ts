import { Writable } from 'node:stream';
import type { FlushingTerminal } from '../terminal/flushing-terminal.ts';

/** A terminal as a stream of Node, for those who want one. It never blocks, whatever it is connected to. */
export function streamOf(terminal: FlushingTerminal): Writable {
  async function pour(bytes: Buffer, onDone: (error?: Error) => void): Promise<void> {
    try {
      await terminal.pour(bytes);
    } catch (error) {
      return onDone(error instanceof Error ? error : new Error('it cannot be written', { cause: error }));
    }
    onDone();
  }

  return new Writable({
    write: (bytes: Buffer, _encoding, onDone) => void pour(bytes, onDone),
    writev: (pieces: readonly { readonly chunk: Buffer }[], onDone) =>
      void pour(Buffer.concat(pieces.map(({ chunk }) => chunk)), onDone),
  });
}
