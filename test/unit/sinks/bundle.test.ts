import { describe, expect, it } from 'vitest';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import type { Message } from '../../../src/messages/types.ts';
import type { Keeping } from '../../../src/request/kept.ts';
import { collectBundle, createBundleSink } from '../../../src/sinks/formats/bundle.ts';
import { delta, event, message } from '../stream/messages.ts';
import { crash, memory, success } from './endings.ts';

const OPTIONS: Keeping = { maxMessages: 3, maxChars: 1000 };
const status = message('system', { subtype: 'status', status: null });
const keepAlive = message('keep_alive');

function bundleOf(messages: readonly Message[], options: Keeping = {}) {
  const collector = collectBundle({ ...OPTIONS, ...options });
  for (const [index, one] of messages.entries()) collector.see(event(one, index + 1));
  return collector.bundle(success());
}

const kept = (bundle: ReturnType<typeof bundleOf>) => bundle.messages.map(({ sequence }) => sequence);
const many = (count: number) => Array.from({ length: count }, () => keepAlive);

describe('collectBundle', () => {
  it.each([
    [0, []],
    [1, [1]],
    [3, [1, 2, 3]],
    [4, [2, 3, 4]],
    [1000, [998, 999, 1000]],
  ])('keeps the last three of %i messages and counts the rest', (count, sequences) => {
    const bundle = bundleOf(many(count));
    expect(kept(bundle)).toEqual(sequences);
    expect(bundle.truncation).toMatchObject({
      total: count,
      returned: sequences.length,
      dropped: count - sequences.length,
      limits: { maxMessages: 3, maxChars: 1000 },
    });
  });

  it('keeps all when there is no limit, and none when it is 0', () => {
    const all = bundleOf(many(50), { full: true });
    expect(all.messages).toHaveLength(50);
    expect(all.truncation).toMatchObject({ dropped: 0, limits: { maxMessages: null, maxChars: null } });
    const none = bundleOf(many(50), { maxMessages: 0 });
    expect(none.messages).toEqual([]);
    expect(none.truncation).toMatchObject({ total: 50, returned: 0, dropped: 50 });
  });

  it('keeps no pieces of partial messages, nor counts them: the whole message follows', () => {
    const bundle = bundleOf([keepAlive, delta('text', 'a'), delta('text', 'b'), keepAlive]);
    expect(kept(bundle)).toEqual([1, 4]);
    expect(bundle.truncation).toMatchObject({ total: 2, dropped: 0 });
  });

  it('leaves system messages out when asked, and says how many are missing', () => {
    const bundle = bundleOf([status, keepAlive, status], { noSystemMessages: true });
    expect(kept(bundle)).toEqual([2]);
    expect(bundle.truncation).toMatchObject({ total: 3, returned: 1, dropped: 2 });
    expect(kept(bundleOf([status, keepAlive, status]))).toEqual([1, 2, 3]);
  });

  it('tells what truncation cut', () => {
    const bundle = collectBundle(OPTIONS).bundle({ ...success(), clipped: { strings: 2, characters: 77 } });
    expect(bundle.truncation).toMatchObject({ clippedStrings: 2, clippedCharacters: 77 });
  });

  it('may be asked in the middle of a run', () => {
    const collector = collectBundle(OPTIONS);
    for (const sequence of [1, 2, 3, 4]) collector.see(event(keepAlive, sequence));
    expect(kept(collector.bundle(crash()))).toEqual([2, 3, 4]);
    collector.see(event(keepAlive, 5));
    expect(kept(collector.bundle(success()))).toEqual([3, 4, 5]);
  });
});

describe('the bundle sink', () => {
  it('writes exactly one document, at the end', async () => {
    const out = memory();
    const sink = createBundleSink(out, OPTIONS);
    await sink.write(event(message('hologram', { text: '\u2028\u202e\u009b' })));
    expect(out.writes).toEqual([]);
    await sink.close(crash());
    expect(out.writes).toHaveLength(1);
    expect(out.text()).toMatch(/^[^\n\u2028\u202e\u009b]+\n$/);
    expect(bundleSchema.parse(JSON.parse(out.text()))).toMatchObject({
      schemaVersion: 1,
      outcome: { class: 'crashed' },
      messages: [{ message: { text: '\u2028\u202e\u009b' } }],
    });
  });
});
