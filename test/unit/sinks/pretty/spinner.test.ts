import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Terminal } from '../../../../src/sinks/output.ts';
import { createProgressSink } from '../../../../src/sinks/pretty/progress.ts';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import { endingOf, eventsOf, partial, says, streams } from './events.ts';

/** A terminal of one line: remembers everything that was done to it, and what its line says now. */
class FakeTty extends PassThrough {
  readonly isTTY = true;
  readonly columns = 40;
  line = '';
  lines: string[] = [];

  override write(text: string): boolean {
    // oxlint-disable-next-line no-control-regex -- private modes: cursor on and off, synchronised output
    for (const character of text.replaceAll(/\u001B\[\?\d+[hl]/g, '')) {
      if (character !== '\n') this.line += character;
      else {
        this.lines.push(this.line);
        this.line = '';
      }
    }
    return true;
  }

  cursorTo(): boolean {
    return true;
  }

  moveCursor(): boolean {
    return true;
  }

  clearLine(): boolean {
    this.line = '';
    return true;
  }
}

function start() {
  const tty = new FakeTty();
  const out: Terminal = {
    isTTY: true,
    colorLevel: 0,
    columns: () => 40,
    rows: () => 24,
    write: (text) => void tty.write(text),
  };
  const sink = createPrettySink({
    out,
    spinnerStream: tty,
    showThinking: false,
    showSystem: false,
    now: () => Date.now(),
  });
  return { tty, sink };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('spinner', () => {
  it('tells what is happening, and is gone before anything is printed', async () => {
    const { tty, sink } = start();
    await vi.advanceTimersByTimeAsync(2100);
    expect(tty.line).toMatch(/^\S+ starting claude · 2 s$/);
    for (const event of eventsOf([says('Hello.')])) await sink.write(event);
    expect(tty.lines).toEqual(['Hello.']);
    expect(tty.line).toBe('');
    await vi.advanceTimersByTimeAsync(100);
    expect(tty.line).toMatch(/^\S+ waiting for the API$/);
    await sink.close(endingOf());
    expect(tty.lines.slice(0, 3)).toEqual(['Hello.', '', '✓ success']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(tty.line).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays away while a line is being written', async () => {
    const { tty, sink } = start();
    for (const event of eventsOf(streams(['Half a ']))) await sink.write(event);
    await vi.advanceTimersByTimeAsync(1000);
    expect(tty.line).toBe('Half a');
    for (const event of eventsOf([
      partial({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'line.\n' } }),
    ])) {
      await sink.write(event);
    }
    await vi.advanceTimersByTimeAsync(1100);
    expect(tty.lines).toEqual(['Half a line.']);
    expect(tty.line).toMatch(/^\S+ writing · 2 s$/);
    await sink.close(endingOf());
  });

  it('comes below a text that stands still', async () => {
    const { tty, sink } = start();
    for (const event of eventsOf(streams(['Half a ']))) await sink.write(event);
    await vi.advanceTimersByTimeAsync(2500);
    expect(tty.lines).toEqual(['Half a']);
    expect(tty.line).toMatch(/^\S+ writing · [23] s$/);
    await sink.close(endingOf());
  });

  it('runs alone as the progress line of another format', async () => {
    const tty = new FakeTty();
    const sink = createProgressSink({ spinnerStream: tty, colorLevel: 0, now: () => Date.now() });
    await vi.advanceTimersByTimeAsync(3000);
    expect(tty.line).toMatch(/starting claude · 3 s$/);
    await sink.close(endingOf());
    expect(tty.line).toBe('');
    expect(tty.lines).toEqual([]);
  });
});
