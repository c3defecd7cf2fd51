import { describe, expect, it } from 'vitest';
import { createSuspension } from '../../../../src/cli/terminal/suspension.ts';

/** A process that writes down what is done to it. */
function fakeProcess() {
  const log: string[] = [];
  let onStop: (() => void) | null = null;
  const suspension = createSuspension({
    onStop(listener) {
      onStop = listener;
      return () => void (onStop = null);
    },
    stop: () => void log.push(onStop === null ? 'stop' : 'not stopped'),
    erase: () => void log.push('erase'),
    redraw: () => void log.push('redraw'),
  });
  return { suspension, log, isHeeded: () => onStop !== null, pressCtrlZ: () => onStop?.() };
}

describe('Ctrl-Z', () => {
  it('is told before the process stops, and when it goes on, each time', () => {
    const { suspension, log, pressCtrlZ } = fakeProcess();
    suspension.subscribe((suspended) => void log.push(String(suspended)));
    const once = ['true', 'erase', 'stop', 'redraw', 'false'];
    pressCtrlZ();
    expect(log).toEqual(once);
    pressCtrlZ();
    expect(log).toEqual([...once, ...once]);
  });

  it('is left to the system where nobody listens', () => {
    const { suspension, isHeeded } = fakeProcess();
    expect(isHeeded()).toBe(false);
    const [one, other] = [suspension.subscribe(() => {}), suspension.subscribe(() => {})];
    one();
    one();
    expect(isHeeded()).toBe(true);
    other();
    expect(isHeeded()).toBe(false);
  });

  it('is left to the system when the last one to listen goes because of it', () => {
    const { suspension, log, isHeeded, pressCtrlZ } = fakeProcess();
    const forget = suspension.subscribe(() => forget());
    pressCtrlZ();
    expect(isHeeded()).toBe(false);
    expect(log).toEqual(['erase', 'stop', 'redraw']);
  });
});
