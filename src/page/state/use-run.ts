import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client, Item, PendingApproval, View } from '../../client/client.ts';
import { isOver } from '../run-facts.ts';
import { createRunModel, type RunModel } from '../run-model.ts';
import { failureText, isUnauthorized } from './failure-text.ts';
import { inSlices } from './next-task.ts';
import { useVersion } from './use-version.ts';

/** A run as it is followed. */
export interface FollowedRun {
  readonly model: RunModel;
  /** Changes with what the model tells. */
  readonly version: number;
  /** Null before it is known. */
  readonly view: View | null;
  readonly approvals: readonly PendingApproval[];
  /** Why it is followed no more; null while all is well. */
  readonly failure: string | null;
  /** Whether the gateway did not answer when it was asked last; it is asked again. */
  readonly isLost: boolean;
  /** Looks again, and follows it again where that broke off. */
  readonly again: () => void;
}

/** Milliseconds between two looks at a run that goes on: what it has cost, and who was answered elsewhere. */
const LOOK_MS = 3_000;

/** Events of a transcript that is long. */
const LONG = 3_000;

/**
 * Follows a run from its beginning. With another client, as after a token was typed again, it goes on behind the last event
 * that was seen.
 */
export function useRun(client: Client, runId: string, onUnauthorized: () => void): FollowedRun {
  const followed = useRef(started(runId));
  if (followed.current.runId !== runId) followed.current = started(runId);
  const { current } = followed;
  const [version, changed] = useVersion(() => current.next > LONG);
  const [shown, setShown] = useState<Pick<FollowedRun, 'view' | 'approvals' | 'failure' | 'isLost'>>(NOTHING);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const run = client.run(runId);
    setShown((before) => (before.view?.runId === runId ? { ...before, failure: null } : NOTHING));

    async function look(): Promise<View> {
      const view = await run.view();
      if (!signal.aborted) setShown((before) => ({ ...before, view, approvals: view.approvals, isLost: false }));
      return view;
    }

    function see(item: Item): void {
      if (item.kind === 'approval') {
        const { question: approval } = item;
        setShown(({ approvals, ...rest }) => ({
          ...rest,
          approvals: [...approvals.filter(({ approvalId }) => approvalId !== approval.approvalId), approval],
        }));
      } else if (item.kind === 'piece') current.model.piece(item.event);
      else if (item.kind === 'resync') current.next = item.next;
      else {
        current.next = item.id + 1;
        current.model.see(item.event);
      }
      changed();
    }

    async function follow(): Promise<void> {
      const rest = inSlices();
      if ((await look()).state !== 'refused') {
        for await (const item of run.events({ from: current.next, signal })) {
          if (signal.aborted) return;
          see(item);
          await rest();
        }
      }
      await look();
    }

    function fail(error: unknown): void {
      if (signal.aborted) return;
      if (isUnauthorized(error)) onUnauthorized();
      else setShown((before) => ({ ...before, failure: failureText(error), isLost: false }));
    }

    function lose(error: unknown): void {
      if (signal.aborted) return;
      if (isUnauthorized(error)) fail(error);
      else setShown((before) => ({ ...before, isLost: true }));
    }

    follow().catch(fail);
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return;
      look().then((view) => isOver(view) && clearInterval(timer), lose);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [client, runId, tries]);

  return { model: current.model, version, ...shown, again: () => setTries((before) => before + 1) };
}

const NOTHING = { view: null, approvals: [], failure: null, isLost: false };

function started(runId: string) {
  return { runId, model: createRunModel(), next: 1 };
}
