import { isRecord } from '../../is-record.ts';
import { charsKept, messagesKept } from '../../request/kept.ts';
import type { NewRun } from '../../runs/run-entry.ts';
import { foreignKeys, mapStrings } from '../../stream/map-strings.ts';
import type { Query } from '../observer.ts';
import type { Admission } from '../policy/admit.ts';
import { promptTrace } from '../prompt-trace.ts';
import type { QueryRequest } from '../../request/query-schema.ts';
import type { Mask } from '../../secrets/mask.ts';

/** A query that was let in. */
export interface Admitted extends Admission {
  readonly request: QueryRequest;
}

interface Naming extends Pick<NewRun, 'labels' | 'key' | 'digest'> {
  readonly mask: Mask;
}

/** What is taken down of a query, without secrets. */
export function newRun(query: Query, { run: asked, request }: Admitted, { labels, key, digest, mask }: Naming): NewRun {
  const { runId, caller, cwd, receivedAt } = query;
  const masked = <Value>(value: Value): Value => mapStrings(value, mask, { editKey: foreignKeys(mask) });
  const { labels: ownLabels, ...rest } = withoutSent(request);
  const finite = (limit: number): number | null => (Number.isFinite(limit) ? limit : null);
  return {
    runId,
    subject: caller.subject,
    asked: {
      ...masked({ caller, cwd }),
      // Names of labels are all the caller's own.
      request: { ...masked(rest), ...(ownLabels === undefined ? {} : { labels: mapStrings(ownLabels, mask) }) },
      promptTrace: promptTrace(request.prompt, runId),
    },
    givenOut: {
      maxMessages: finite(messagesKept({ ...asked, full: false })),
      maxChars: finite(charsKept(asked)),
      noSystemMessages: asked.noSystemMessages === true,
    },
    labels: mapStrings(labels, mask),
    key,
    digest,
    sessionId: request.sessionId ?? null,
    receivedAt,
    callback: request.callbackUrl === undefined ? null : 'due',
  };
}

/** Attachments are left out: they can be large, and the caller has them. */
function withoutSent({ context, attachments, ...request }: QueryRequest): QueryRequest {
  return {
    ...request,
    ...(context === undefined ? {} : { context: 'not kept' }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(({ name }) => ({ name })) }),
  };
}

/** What stands in `asked` of a run. */
type TakenDown = Pick<Query, 'caller' | 'cwd' | 'request' | 'promptTrace'>;

/** Whether that was taken down as a query; it may come from a file. */
export function isTakenDown(asked: NewRun['asked']): asked is NewRun['asked'] & TakenDown {
  const { caller, cwd, request } = asked;
  return (
    isRecord(caller) &&
    ['subject', 'transport', 'protocol'].every((name) => typeof caller[name] === 'string') &&
    (cwd === null || typeof cwd === 'string') &&
    (request === null || isRecord(request))
  );
}
