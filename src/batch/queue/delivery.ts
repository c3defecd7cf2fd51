import { isRecord } from '../../is-record.ts';
import type { Bundle } from '../../outcome/bundle.ts';
import { parsedJson } from '../../parsed-json.ts';

/** How a run ended for who asked for it. */
export type Delivery =
  /** It was carried out. */
  | { readonly bundle: Bundle }
  /** It was not: why. */
  | { readonly refusal: Refused };

/** Why a worker did not carry out what it was asked for. */
export interface Refused {
  /** As servers have it, such as `forbidden`. */
  readonly error_code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a worker has handed over; null for what none writes. */
export function deliveryIn(text: string): Delivery | null {
  const value = parsedJson(text);
  return isDelivery(value) ? value : null;
}

function isDelivery(value: unknown): value is Delivery {
  if (!isRecord(value)) return false;
  const { bundle, refusal } = value;
  if (isRecord(bundle)) return isRecord(bundle['outcome']) && isRecord(bundle['result']);
  return isRecord(refusal) && typeof refusal['message'] === 'string' && typeof refusal['error_code'] === 'string';
}
