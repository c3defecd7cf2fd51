import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSilence } from '../../../src/runs/redis/silence.ts';

describe('a silence', () => {
  it('lasts from when something was asked, until it is answered', async () => {
    const silence = createSilence();
    expect(await silence.ms()).toBe(0);
    const asked = silence.heed(() => sleep(20));
    await sleep(10);
    expect(await silence.ms()).toBeGreaterThan(5);
    await asked;
    expect(await silence.ms()).toBe(0);
  });

  it('is none where this process was too busy to hear the answer', async () => {
    const silence = createSilence();
    const asked = silence.heed(() => sleep(1));
    const since = performance.now();
    while (performance.now() - since < 20);
    expect(await silence.ms()).toBe(0);
    await asked;
  });
});
