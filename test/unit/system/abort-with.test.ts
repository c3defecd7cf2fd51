import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { abortWith } from '../../../src/system/abort-with.ts';

describe('a controller that is aborted with others', () => {
  it('is so for the reason of the first one', () => {
    const [one, other, own] = [new AbortController(), new AbortController(), new AbortController()];
    abortWith(own, [one.signal, undefined, other.signal]);
    expect(own.signal.aborted).toBe(false);
    other.abort('SIGTERM');
    one.abort('late');
    expect(own.signal.reason).toBe('SIGTERM');
  });

  it('is so at once where one of them was before', () => {
    const own = new AbortController();
    abortWith(own, [new AbortController().signal, AbortSignal.abort('gone')]);
    expect(own.signal.reason).toBe('gone');
  });

  it('leaves nothing on them once they are let go of', () => {
    const [lasting, own] = [new AbortController(), new AbortController()];
    abortWith(own, [lasting.signal])();
    expect(getEventListeners(lasting.signal, 'abort')).toEqual([]);
    expect(Object.getOwnPropertySymbols(lasting.signal).map(String)).not.toContain('Symbol(kDependantSignals)');
    lasting.abort();
    expect(own.signal.aborted).toBe(false);
  });
});
