import { oneLine } from './safe-text.ts';
import type { Output } from './output.ts';
import { formatMinutes, formatSeconds } from './pretty/format.ts';
import { type Doing, followStatus } from './pretty/status.ts';
import type { Sink } from './sink.ts';

interface HeartbeatOptions {
  /** Whether what is printed comes at the end, so that messages do not break the silence. */
  readonly printsAtTheEnd: boolean;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** Milliseconds of silence after which a line says that there is still somebody. */
const SILENCE = 60_000;
const CHECK_EVERY = 1000;
const MOST_OF_A_LABEL = 100;

/**
 * A line for each minute in which nothing is printed, for logs and whoever watches them: `sluice: still waiting for the
 * API · 2 min`. It begins with the first message of claude; what is before has limits and words of its own.
 */
export function createHeartbeatSink(out: Output, { printsAtTheEnd, now }: HeartbeatOptions): Sink {
  const status = followStatus(now);
  let silentSince = 0;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    if (now() - silentSince < SILENCE) return;
    silentSince = now();
    // What can't be written is told to whoever writes next.
    say(`sluice: still ${describe(status.current())}\n`).catch(() => {});
  }

  async function say(line: string): Promise<void> {
    await out.write(line);
  }

  return {
    write({ message }) {
      status.see(message);
      if (timer === undefined || !printsAtTheEnd) silentSince = now();
      timer ??= setInterval(look, CHECK_EVERY).unref();
    },
    close: () => clearInterval(timer),
  };
}

function describe({ label, isTask, elapsed, left }: Doing): string {
  const what = beginningOf(oneLine(label));
  return `${isTask ? 'waiting for ' : ''}${what} · ${left === null ? formatMinutes(elapsed) : `next in ${formatSeconds(left)}`}`;
}

/** In characters, not in columns: what knows of these takes 10 ms to load, and every run has a heartbeat. */
function beginningOf(text: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return characters.slice(0, MOST_OF_A_LABEL).join('');
}
