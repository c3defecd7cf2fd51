import { messageOf, SluiceError } from '../../errors.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { faultOf } from '../../redis-connection/link.ts';
import { openRedisRuns } from '../../runs/redis/redis-runs.ts';
import type { KeepLimits } from '../../runs/run-index.ts';
import type { Log } from '../../servers/log.ts';
import { refusingRuns } from '../../servers/queries/refusing-runs.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import { whereSet } from '../settings/where-set.ts';
import { limitsOf, type OpenedRuns, seldom } from './open-runs.ts';
import { openRedis } from './open-redis.ts';

/** What replicas keep in Redis, whose memory it takes, where nothing else is said. */
const IN_REDIS: KeepLimits = { runs: 1_000, bytes: 64 * 1024 * 1024, ageMs: 24 * 60 * 60_000 };

/** Milliseconds between two lines about one fault. */
const FAULT_MS = 60_000;

/**
 * Opens the runs that replicas of a server share in the Redis that settings name.
 * @throws SluiceError what `openRedis` throws; `usage` where runs are to be kept in a folder, too, or replicas of another
 *   version use it
 */
export async function openSharedRuns(settings: Settings, server: ServerSettings, log: Log): Promise<OpenedRuns> {
  if (typeof server.state === 'string') {
    const where = whereSet(settings, 'serverState');
    throw new SluiceError(
      'usage',
      `${where}: with ${whereSet(settings, 'queue')}, runs are kept in Redis; leave it out`,
    );
  }
  const link = await openRedis(settings, (text) => log.warn(text), Number.POSITIVE_INFINITY);
  const tell = seldom(FAULT_MS, (fault) => log.error(fault));
  const onFault = (error: unknown): void => tell(messageOf(error));
  try {
    const opened = await openRedisRuns({
      link,
      name: read(settings, OPTION.queueName),
      limits: limitsOf(server.keep, IN_REDIS),
      leaseMs: read(settings, OPTION.queueLease),
      timeZone: server.quotas.timeZone,
      onFault,
    });
    log.info('runs are shared with other replicas', { url: link.shown, queue: read(settings, OPTION.queueName) });
    return { ...opened, runs: refusingRuns(opened.runs, onFault) };
  } catch (error) {
    link.close();
    throw faultOf(error, link.culprit);
  }
}
