import type { Bundle } from '../../outcome/bundle.ts';
import type { RunEvent } from '../../messages/types.ts';
import { charsKept, type Keeping, messagesKept } from '../../request/kept.ts';
import { escapeJson } from '../safe-text.ts';
import type { Output } from '../output.ts';
import type { Ending, Sink } from '../sink.ts';

/** Collects a run into its bundle. */
export interface BundleCollector {
  see(event: RunEvent): void;
  bundle(ending: Ending): Bundle;
}

/** Keeps the last messages and counts the rest. Pieces of partial messages are not kept: the whole message follows. */
export function collectBundle(keeping: Keeping = {}): BundleCollector {
  const maxMessages = messagesKept(keeping);
  let kept: RunEvent[] = [];
  let total = 0;
  return {
    see(event) {
      const { type } = event.message;
      if (type === 'stream_event') return;
      total++;
      if (type === 'system' && keeping.noSystemMessages === true) return;
      if (maxMessages === 0) return;
      kept.push(event);
      // Trimmed in steps, so that a long run costs no copy a message.
      if (kept.length > 2 * maxMessages) kept = kept.slice(-maxMessages);
    },
    bundle({ report, clipped }) {
      const messages = kept.slice(-maxMessages);
      return {
        ...report,
        messages,
        truncation: {
          total,
          returned: messages.length,
          dropped: total - messages.length,
          clippedStrings: clipped.strings,
          clippedCharacters: clipped.characters,
          limits: { maxMessages: finite(maxMessages), maxChars: finite(charsKept(keeping)) },
        },
      };
    },
  };
}

/** Exactly one JSON document, at the end. */
export function createBundleSink(out: Output, keeping: Keeping = {}): Sink {
  const collector = collectBundle(keeping);
  return {
    write: (event) => collector.see(event),
    close: (ending) => out.write(`${escapeJson(collector.bundle(ending))}\n`),
  };
}

function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}
