import { type Driver, loadDriver } from '../../batch/queue/driver.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { Link } from '../../redis-connection/link.ts';
import { openRedis } from './open-redis.ts';

/** A queue that settings name. */
export interface OpenedQueue {
  readonly driver: Driver;
  readonly link: Link;
  readonly name: string;
  /** The label of workers and their items, null for those without one. */
  readonly only: string | null;
}

/**
 * Connects to the queue that settings name.
 * @param say told what should be known of it
 * @param patienceMs how long it may be away; default: some minutes
 * @throws SluiceError what `openRedis` throws; `usage` where packages are missing
 */
export async function openQueue(
  settings: Settings,
  say: (text: string) => void,
  patienceMs?: number,
): Promise<OpenedQueue> {
  const driver = await loadDriver();
  const link = await openRedis(settings, say, patienceMs);
  return { driver, link, name: read(settings, OPTION.queueName), only: read(settings, OPTION.queueOnly) ?? null };
}
