import { BLOBS } from './blobs.ts';
import { DIGESTS } from './digests.ts';
import { DOCUMENTS } from './documents.ts';
import { IDENTIFIERS } from './identifiers.ts';
import type { LookAlikes } from './look-alikes.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import { SOURCE_CODE } from './source-code.ts';

/** Every kind of text that must come out as it went in. */
export const BENIGN: LookAlikes = {
  ...DIGESTS,
  ...IDENTIFIERS,
  ...PLACEHOLDERS,
  ...SOURCE_CODE,
  ...DOCUMENTS,
  ...BLOBS,
};
