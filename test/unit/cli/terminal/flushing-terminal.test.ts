import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { flushingTerminal, type FlushingTerminalOptions } from '../../../../src/cli/terminal/flushing-terminal.ts';
import type { Outlet } from '../../../../src/cli/terminal/standard-stream.ts';

/** A stream of the process's own that takes nothing more once it is broken. */
function terminal(options?: FlushingTerminalOptions) {
  let failure: Error | null = null;
  const stream = new Writable({ write: (_bytes, _encoding, onDone) => onDone(failure) });
  const like: Outlet = {
    writableNeedDrain: false,
    on: (name, listener) => stream.on(name, listener),
    write: (piece, onDone) => stream.write(piece, onDone),
  };
  return {
    ...flushingTerminal('stdout', { isTTY: false, open: () => like }, options),
    breakWith: (code: string) => void (failure = Object.assign(new Error(`write ${code}`), { code })),
  };
}

describe('an output', () => {
  it('tells at once that it takes no more, and throws that from then on', async () => {
    const { write, onFailure, breakWith } = terminal();
    const onBroken = vi.fn<(failure: Error) => void>();
    onFailure(onBroken);
    await write('one');
    expect(onBroken).not.toHaveBeenCalled();
    breakWith('EPIPE');
    await write('two');
    await vi.waitFor(() => expect(onBroken).toHaveBeenCalledOnce());
    expect(onBroken.mock.lastCall?.[0]).toMatchObject({ code: 'EPIPE' });
    expect(() => write('three')).toThrow('write EPIPE');
  });

  it('says of any other error whose it is', async () => {
    const { write, flush, onFailure, breakWith } = terminal();
    breakWith('ENOSPC');
    await write('one');
    await expect(flush()).rejects.toThrow('stdout cannot be written: write ENOSPC');
    const onBroken = vi.fn<(failure: Error) => void>();
    onFailure(onBroken);
    expect(onBroken.mock.lastCall?.[0]).toMatchObject({ code: 'output_error' });
  });

  it('has no reader any more when a look says so', async () => {
    vi.useFakeTimers();
    const { write, onFailure } = terminal({ look: () => () => Promise.resolve('gone' as const) });
    const onBroken = vi.fn<(failure: Error) => void>();
    onFailure(onBroken);
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(onBroken.mock.lastCall?.[0]).toMatchObject({ code: 'EPIPE' });
    expect(() => write('more')).toThrow('write EPIPE');
  });

  it('that nobody need read is no failure', async () => {
    const { write, flush, breakWith } = terminal({ isOptional: true });
    breakWith('EPIPE');
    await write('one');
    await flush();
    await write('two');
    await expect(flush()).resolves.toBeUndefined();
  });
});

it('makes room for each write, and just before it', async () => {
  const seen: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      seen.push(String(chunk));
      done();
    },
  });
  const stream = { isTTY: false, open: () => sink };
  const terminal = flushingTerminal('stderr', stream, { makeRoom: () => void seen.push('room') });
  void terminal.write('a');
  void terminal.write('b\n');
  await terminal.flush();
  void terminal.write('c\n');
  await terminal.flush();
  expect(seen).toEqual(['room', 'ab\n', 'room', 'c\n']);
});
