import { expect, it, onTestFinished, vi } from 'vitest';
import { follow } from '../../../../src/servers/queries/follow.ts';
import { success } from '../../sinks/endings.ts';
import { gatedSink } from '../../sinks/gated-sink.ts';
import { event, message } from '../../stream/messages.ts';

vi.mock('../../../../src/sinks/backlog/spill-file.ts', () => ({
  openSpillFile() {
    throw new Error('the disk is full');
  },
}));

it('gives up a follower that stalls when neither memory nor the disk has room, and the run goes on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const follower = gatedSink();
  const { sink, over } = follow(follower, new AbortController().signal);
  const text = 'x'.repeat(64 * 1024);
  let written = 0;
  const writing = (async () => {
    for (; written < 500; written++) await sink.write(event(message('keep_alive', { text }), written + 1));
  })();
  await vi.advanceTimersByTimeAsync(500);
  expect(written).toBeLessThan(100);
  await vi.advanceTimersByTimeAsync(1_500);
  await writing;
  await sink.close(success());
  await over();
  expect([follower.taken, follower.closed.length]).toEqual([[], 1]);
});
