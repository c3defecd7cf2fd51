import { isUnknown, type RunEvent } from '../messages/types.ts';
import type { PageFiles } from '../page/built-page.ts';
import { endingEvent } from '../sinks/formats/ndjson.ts';
import type { Output } from '../sinks/output.ts';
import type { Sink } from '../sinks/sink.ts';
import { CLOSING, eventsPart, openingOf, promptPart } from './report-document.ts';

/** Events of a part: a browser reads one without a pause. */
const MOST = 100;

/**
 * Writes a page that shows the run, as it is told; of pieces of messages, which follow whole, only those that tell what an
 * answer took.
 * @param promptOf finds what a run was asked, which no recording holds; null where that is not known
 */
export function createReportSink(
  out: Output,
  page: Pick<PageFiles, 'css' | 'reportScript'>,
  promptOf: (runId: string) => Promise<string | null> = async () => null,
): Sink {
  let waiting: RunEvent[] = [];
  let hasBegun = false;
  let sequence = 0;

  async function flush(): Promise<void> {
    if (!hasBegun) await out.write(openingOf(page));
    hasBegun = true;
    if (waiting.length > 0) await out.write(eventsPart(waiting));
    waiting = [];
  }

  return {
    async write(event) {
      ({ sequence } = event);
      if (event.message.type === 'stream_event' && !tellsUsage(event)) return;
      waiting.push(event);
      if (waiting.length >= MOST) await flush();
    },
    async close({ report }) {
      waiting.push(endingEvent(report, sequence + 1));
      await flush();
      const prompt = await promptOf(report.runId);
      if (prompt !== null) await out.write(promptPart(prompt));
      await out.write(CLOSING);
    },
  };
}

function tellsUsage({ message }: RunEvent): boolean {
  if (isUnknown(message) || message.type !== 'stream_event') return false;
  return message.event.type === 'message_start' || message.event.type === 'message_delta';
}
