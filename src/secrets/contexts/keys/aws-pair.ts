import { ALNUM, BASE64, isIn, UPPER_ALNUM } from '../../scan/alphabets.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { shapeOf } from '../../judge/value-shape.ts';

const ID_LENGTH = 16;
const SECRET_LENGTH = 40;
const MAX_GAP = 64;
const MIN_CHANGES = 10;

/** The secret of an AWS key beside its id: `AKIA… / …`, the columns that `aws sts … --output text` prints. */
export const AWS_PAIR_ANCHORS: readonly Anchor[] = ['AKIA', 'ASIA'].map((text) => anchorAt(text, parsePair, true));

function parsePair(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const idEnd = reader.skip(UPPER_ALNUM, anchorEnd, anchorEnd + ID_LENGTH);
  if (idEnd - anchorEnd !== ID_LENGTH || isIn(ALNUM, reader.at(idEnd)) || !startsToken(reader, start)) return undefined;
  for (let from = idEnd + 1; from - idEnd < MAX_GAP; from += 1) {
    if (!isIn(BASE64, reader.at(from)) || isIn(BASE64, reader.at(from - 1))) continue;
    // One more than it has, to see that it ends there.
    const end = reader.skip(BASE64, from, from + SECRET_LENGTH + 1);
    if (end - from !== SECRET_LENGTH) continue;
    return shapeOf(reader.text, from, end).changes < MIN_CHANGES
      ? undefined
      : { kind: 'aws-secret-key', start: from, end };
  }
  return undefined;
}
