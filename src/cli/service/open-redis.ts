import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { addressOf } from '../../redis-connection/address.ts';
import { loadRedis } from '../../redis-connection/driver.ts';
import { type Link, openLink } from '../../redis-connection/link.ts';
import { flagOf } from '../../request/flag.ts';
import { whereSet } from '../settings/where-set.ts';

/**
 * Connects to the Redis that settings name.
 * @param say told what should be known of it
 * @param patienceMs how long it may be away; default: some minutes
 * @throws SluiceError `usage` for an address that is none or shows a password, or where a package is missing; `network` and
 *   `auth` where it can't be reached
 */
export async function openRedis(settings: Settings, say: (text: string) => void, patienceMs?: number): Promise<Link> {
  const where = whereSet(settings, 'queue');
  const address = addressOf(read(settings, OPTION.queue) ?? '');
  if (address === null)
    throw new SluiceError(
      'usage',
      `${where}: expected an address such as redis://127.0.0.1:6379, or rediss:// for TLS`,
    );
  if (address.password !== null && settings.get('queue')?.from === flagOf(OPTION.queue))
    throw new SluiceError(
      'usage',
      `${where}: others see command lines, and a password on them; set SLUICE_QUEUE in its place`,
    );
  if (address.isOpenToOthers)
    say(
      `${where}: ${address.shown}: prompts and answers go there unencrypted; use rediss:// where the network is not yours`,
    );
  return openLink(await loadRedis(), address, { where, say, ...(patienceMs === undefined ? {} : { patienceMs }) });
}
