import { randomUUID } from 'node:crypto';
import type { Carrier } from '../../batch/carrier.ts';
import type { Item } from '../../batch/item.ts';
import type { QueuedAs } from '../../batch/journal/entry.ts';
import type { Journal } from '../../batch/journal/journal.ts';
import { openQueueCarrier } from '../../batch/queue/queue-carrier.ts';
import type { Refused } from '../../batch/queue/delivery.ts';
import { openRecords } from '../../batch/queue/item-records.ts';
import { GatewayError } from '../../client/client.ts';
import { SluiceError } from '../../errors.ts';
import { gatewayFault } from '../../remote/gateway-fault.ts';
import { queryOf } from '../../remote/query-of.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import { notRemote } from '../../request/remote.ts';
import { type Mask, maskOf } from '../../secrets/mask.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import { foreignKeys, mapStrings } from '../../stream/map-strings.ts';
import type { Settings } from '../../config/layers.ts';
import type { Invocation } from '../program.ts';
import { openQueue } from '../service/open-queue.ts';
import { checkRemote } from '../settings/check-remote.ts';

/** Workers behind a queue, as a batch has items carried out by them. */
export interface Workers {
  /** What the batch is called there if it is new: the queue knows of it before there is a journal. */
  readonly queued: QueuedAs;
  /**
   * @param again whether items are run once more that may have been done
   * @throws SluiceError `usage` where the queue knows nothing of a batch that was begun before
   */
  carrierOf(journal: Pick<Journal, 'queue'>, again: boolean): Promise<Carrier>;
}

/**
 * Connects to the queue that settings name.
 * @param say told what should be known of it
 * @param signal ends waiting for a queue that is away; its reason is thrown
 * @throws SluiceError `usage` for what workers can't be asked for; what `openQueue` throws
 */
export async function openWorkers(
  invocation: Pick<Invocation, 'passThrough'>,
  settings: Settings,
  redactor: Redactor,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<Workers> {
  checkRemote(invocation, settings, 'queue');
  const opened = await openQueue(settings, say);
  const { link, name } = opened;
  const records = openRecords(link.redis, name);
  const queued = { name, batch: randomUUID() };
  await link.insist(() => records.noteBatch(queued.batch), signal);
  return {
    queued,
    async carrierOf({ queue }, again) {
      const { batch } = queue ?? queued;
      if (!(await link.insist(() => records.knowsBatch(batch), signal))) {
        if (!again) throw unknown(link.culprit);
        await link.insist(() => records.noteBatch(batch), signal);
      }
      return openQueueCarrier({
        ...opened,
        batch,
        queryOf: (item) => withoutSecrets(asked(item), redactor),
        faultOf: (refused) => faultOf(refused, link.shown),
        say,
      });
    },
  };
}

function unknown(culprit: string): SluiceError {
  return new SluiceError(
    'usage',
    `${culprit} knows nothing of this batch: it is another one, or has lost what it had; with --retry-uncertain all that is not done is run again`,
  );
}

/** @throws SluiceError `usage` for what is for the operator of a worker to say */
function asked({ request, own }: Item): unknown {
  for (const field of ALL_RUN_OPTIONS.filter(({ name }) => own.includes(name))) {
    const why = notRemote(field);
    if (why !== null) throw new SluiceError('usage', `${field.name}: not with --queue: ${why}; leave it out`);
  }
  const { prompt = '', ...options } = request;
  return queryOf(options, typeof prompt === 'string' ? { text: prompt } : prompt);
}

/** Pictures are left as they are: what looks like a secret in base64 is none. */
function withoutSecrets(query: unknown, redactor: Redactor): unknown {
  const mask = maskOf(redactor);
  const edit: Mask = (text, name) => (name === 'base64' ? text : mask(text, name));
  return mapStrings(query, edit, { editKey: foreignKeys(mask) });
}

function faultOf({ error_code, message, details }: Refused, shown: string): SluiceError {
  const seconds = details['retryAfter'];
  const after = typeof seconds === 'number' ? seconds : undefined;
  return gatewayFault(new GatewayError(200, { error_code, message, details }, after), { url: shown }).error;
}
