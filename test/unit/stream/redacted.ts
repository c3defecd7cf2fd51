import type { Message, RunEvent } from '../../../src/messages/types.ts';
import { createRedactor, type Redactor } from '../../../src/secrets/redactor.ts';
import { redact } from '../../../src/stream/redact.ts';
import { collect, from } from '../../support/collect.ts';

export const NOON = '2026-11-21T12:00:00.000Z';

/** The events of batches of messages, batch by batch. */
export async function redactedBatches(
  batches: readonly (readonly Message[])[],
  redactor: Redactor = createRedactor({ env: {} }),
  onFinding: (kind: string) => void = () => {},
): Promise<(readonly RunEvent[])[]> {
  return collect(redact(redactor, () => Date.parse(NOON), onFinding)(from(batches)));
}
