import * as z from 'zod';
import { count, reportShape } from './report-schema.ts';
import type { RunEvent } from '../messages/types.ts';

/** The document that `-o json` prints and `--bundle` writes. */
export const bundleSchema = z
  .object({
    ...reportShape,
    messages: z
      .array(
        z.object({
          sequence: z.int().min(1),
          timestamp: z.string(),
          sessionId: z.string().nullable(),
          message: z.looseObject({ type: z.string() }),
          redactions: count,
          truncated: z.boolean(),
        }),
      )
      .describe('the last messages, redacted and clipped'),
    truncation: z.object({
      total: count.describe('messages of the run'),
      returned: count.describe('messages in this document'),
      dropped: count,
      clippedStrings: count,
      clippedCharacters: count,
      limits: z.object({ maxMessages: count.nullable(), maxChars: count.nullable() }),
    }),
  })
  .meta({ title: 'sluice bundle', description: 'One run of claude: its outcome, its result and its last messages' });
export type Bundle = Omit<z.infer<typeof bundleSchema>, 'messages'> & { readonly messages: readonly RunEvent[] };
