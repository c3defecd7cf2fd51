import type { RunEvent } from '../messages/types.ts';
import { replay, type ReplayHost } from '../replay.ts';
import type { Ending } from '../sinks/sink.ts';
import type { Chunks } from '../stream/as-bytes.ts';
import { type Action, type Printed, VERSION } from './script.ts';
import type { StandIn } from './stand-in.ts';

/**
 * What claude did in a run that was recorded, by us or as the stream-json that it printed: its messages without their times,
 * then what it said on stderr and how it ended, as far as that is known. Secrets are masked.
 */
export async function recordedActions(
  chunks: Chunks,
  host: ReplayHost = {},
): Promise<{ readonly standIn: StandIn; readonly ending: Ending }> {
  const printed: Printed[] = [];
  const sink = {
    whole: true,
    write({ message }: RunEvent): void {
      // Without our mark on those that no schema knows.
      if (message.type !== 'sluice')
        printed.push({ ...Object.fromEntries(Object.entries(message)), type: message.type });
    },
    close() {},
  };
  const ending = await replay(chunks, {}, [sink], host);
  const { version, exit, stderr } = ending.report.claude;
  const hasResult = printed.some(({ type }) => type === 'result');
  const actions: Action[] = [
    ...printed.map((print) => ({ print })),
    ...(stderr === '' ? [] : [{ complain: `${stderr}\n` }]),
    ...lastOf(exit, hasResult),
  ];
  return { standIn: { version: version ?? VERSION, actions }, ending };
}

/** What is not known to have ended did go on: until it was interrupted, or for good. */
function lastOf({ code, signal }: Ending['report']['claude']['exit'], hasResult: boolean): readonly Action[] {
  const name = (['SIGKILL', 'SIGSEGV', 'SIGTERM', 'SIGINT', 'SIGABRT', 'SIGHUP'] as const).find(
    (one) => one === signal,
  );
  if (name !== undefined) return [{ die: name }];
  if (code !== null) return [{ exit: code }];
  return hasResult ? [] : [{ hang: true }];
}
