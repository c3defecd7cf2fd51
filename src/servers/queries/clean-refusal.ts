import { asSluiceError } from '../../errors.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { Refusal } from '../refusal.ts';
import type { Mask } from '../../secrets/mask.ts';

/**
 * Whatever kept a query from being carried out, as a refusal that can be shown: each text of it is one line and holds no
 * secret. What is no refusal is a fault of the server. That too many come is said in our own words alone, and in no time.
 */
export function cleanRefusal(thrown: unknown, masks: () => Mask): Refusal {
  if (thrown instanceof Refusal && thrown.errorCode === 'rate_limited') return thrown;
  const mask = masks();
  const { errorCode, message, details } =
    thrown instanceof Refusal ? thrown : new Refusal('server_error', asSluiceError(thrown).message);
  const clean = (text: string, key?: string): string => oneLine(mask(text, key));
  return new Refusal(errorCode, clean(message), mapStrings(details, clean));
}
