import type { Item, PendingApproval, RemoteRun } from '../client/client.ts';
import type { Approver } from '../run/host.ts';
import { neutralise } from '../sinks/safe-text.ts';
import type { Line } from '../stream/split-lines.ts';
import type { Batch } from '../stream/stage.ts';
import { within } from '../system/bounded-wait.ts';

/** How long a gateway may take to end a run that was cancelled, and then to tell its ending, in milliseconds. */
const CANCEL_MS = 30_000;
const ENDING_MS = 5_000;

/** How a run is followed. */
export interface Following {
  /** Has the gateway cancel it; what that leaves of it is waited for. */
  readonly signal: AbortSignal;
  /** Ends that wait. */
  readonly forceStop: AbortSignal | undefined;
  /** Whether pieces of messages are wanted, which follow whole. */
  readonly pieces: boolean;
  /** Decides about calls of tools; absent: somebody else does, at the gateway. */
  readonly approve: Approver | undefined;
  /** Told what must be known besides. */
  readonly onRemark: (remark: string) => void;
}

/**
 * The events of a run as lines of a recording, as they come. Ends early, without an error, where a run that was cancelled
 * does not come to an end.
 * @throws what the client throws
 */
export async function* follow(run: RemoteRun, following: Following): AsyncGenerator<Batch<Line>, void, undefined> {
  const { signal, forceStop, pieces, onRemark } = following;
  const reading = new AbortController();
  const over = new AbortController();
  const answer = answering(run, following.approve, over.signal);
  const goesOn = (): void => onRemark(`the gateway may still be at it: its run is ${run.runId}`);

  async function cancel(): Promise<void> {
    const bound = forceStop === undefined ? {} : { signal: forceStop };
    const cancelled = run.cancel().then(
      () => true,
      () => false,
    );
    const { done, ...asked } = await within(cancelled, { ms: CANCEL_MS, ...bound });
    if (!done || !('value' in asked && asked.value)) goesOn();
    else await within(ended, { ms: ENDING_MS, ...bound });
    reading.abort();
  }

  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const onStop = (): void => void cancel();
  signal.addEventListener('abort', onStop, { once: true });
  if (signal.aborted) onStop();
  try {
    for await (const item of run.events({ signal: reading.signal })) {
      if (item.kind === 'approval') answer(item.question);
      if (item.kind === 'resync') onRemark(`the gateway keeps no events before event ${item.next} any more`);
      const line = lineOf(item, pieces);
      if (line !== null) yield [line];
    }
  } catch (error) {
    if (!reading.signal.aborted) {
      goesOn();
      throw error;
    }
  } finally {
    signal.removeEventListener('abort', onStop);
    end();
    over.abort();
  }
}

function lineOf(item: Item, pieces: boolean): Line | null {
  if (item.kind !== 'event' && (item.kind !== 'piece' || !pieces)) return null;
  return { text: JSON.stringify(item.event), terminated: true };
}

/** Asks for each approval once, however often the gateway tells it. */
function answering(
  run: RemoteRun,
  approve: Approver | undefined,
  over: AbortSignal,
): (approval: PendingApproval) => void {
  const asked = new Set<string>();

  async function ask(approver: Approver, approval: PendingApproval): Promise<void> {
    const { approvalId: id, tool, shown, digest, reason } = approval;
    const call = { id, tool, input: {}, digest, reason, shown: neutralise(shown) };
    const { behavior } = await approver(call, over);
    if (!over.aborted) await run.approve(approval, behavior);
  }

  return (approval) => {
    if (approve === undefined || asked.has(approval.approvalId)) return;
    asked.add(approval.approvalId);
    // An answer that comes too late is none: what became of the call is in the events.
    ask(approve, approval).catch(() => {});
  };
}
