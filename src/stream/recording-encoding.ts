import { SluiceError } from '../errors.ts';
import { binaryKindOf } from '../system/binary-kind.ts';
import { encodingOf, type TextEncoding } from '../system/text-encoding.ts';

/** Bytes that tell an encoding, or what is no text. */
const ENOUGH = 16;

/**
 * The encoding of what is to be replayed, by its byte order mark.
 * @throws SluiceError `usage` when it begins as files do that are no text
 */
export function recordingEncoding(head: Buffer, isWhole: boolean): TextEncoding | null {
  if (head.length < ENOUGH && !isWhole) return null;
  const kind = binaryKindOf(head);
  if (kind === undefined) return encodingOf(head);
  const advice = kind.extract === undefined ? '' : `; try: ${kind.extract} | sluice replay`;
  throw new SluiceError('usage', `what is to be replayed is ${kind.name}, and no recording${advice}`);
}
