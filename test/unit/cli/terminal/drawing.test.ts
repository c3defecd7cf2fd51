import { WriteStream } from 'node:tty';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { drawOn } from '../../../../src/cli/terminal/drawing.ts';
import { startSpinner } from '../../../../src/sinks/pretty/spinner.ts';
import { createPaint } from '../../../../src/sinks/pretty/theme.ts';

const HIDE = '\u001B[?25l';
const SHOW = '\u001B[?25h';
const ERASE = `\r\u001B[2K${SHOW}`;

/** A terminal that keeps what is written to it. */
function terminal() {
  let written = '';
  let ours = true;
  const stream: WriteStream = Object.assign(Object.create(WriteStream.prototype), {
    columns: 80,
    write: (text: string) => {
      written += text;
      return true;
    },
  });
  return {
    ...drawOn(stream, () => ours),
    handOver: (toUs: boolean) => void (ours = toUs),
    taken() {
      const text = written;
      written = '';
      return text;
    },
  };
}

describe('what is drawn', () => {
  it('goes to the terminal as it is', () => {
    const { stream, taken } = terminal();
    stream.write(HIDE);
    stream.write('line');
    stream.cursorTo(0);
    expect(taken()).toBe(`${HIDE}line\u001B[1G`);
    expect(stream.columns).toBe(80);
  });

  it('is taken away, cursor and all, and drawn again', () => {
    const { stream, erase, redraw, taken } = terminal();
    stream.write(HIDE);
    stream.write('line');
    taken();
    erase();
    expect(taken()).toBe(ERASE);
    redraw();
    expect(taken()).toBe(HIDE);
  });

  it('makes room for what is written there, and keeps the cursor hidden', () => {
    const { stream, makeRoom, taken } = terminal();
    makeRoom();
    stream.write(HIDE);
    taken();
    makeRoom();
    expect(taken()).toBe('\r\u001B[2K');
  });

  it('may be a spinner', async () => {
    const { stream, erase, taken } = terminal();
    const spinner = startSpinner(stream, createPaint(0), () => 'working');
    onTestFinished(() => spinner.close());
    spinner.show();
    await vi.waitFor(() => expect(taken()).toContain('working'));
    erase();
    expect(taken()).toContain(ERASE);
  });

  it('leaves alone what others wrote, when there is nothing drawn', () => {
    const { stream, erase, redraw, end, taken } = terminal();
    erase();
    stream.write(HIDE);
    stream.write(SHOW);
    taken();
    erase();
    redraw();
    end();
    expect(taken()).toBe('');
  });

  it('is not drawn while the terminal is not ours, and again from the next time on', () => {
    const { stream, erase, redraw, end, handOver, taken } = terminal();
    stream.write(HIDE);
    stream.write('one');
    erase();
    expect(taken()).toBe(`${HIDE}one${ERASE}`);
    handOver(false);
    redraw();
    stream.write('two');
    erase();
    expect(taken()).toBe('');
    handOver(true);
    stream.write('three');
    expect(taken()).toBe(`${HIDE}three`);
    handOver(false);
    stream.write(SHOW);
    end();
    expect(taken()).toBe('');
  });

  it('can be over for good', () => {
    const { stream, erase, end, taken } = terminal();
    stream.write(HIDE);
    taken();
    end();
    stream.write(HIDE);
    erase();
    expect(taken()).toBe(ERASE);
  });
});
