import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import * as z from 'zod';

/**
 * A schema that clients are told and that lets anything pass: what is wrong with a request is said in words of our own,
 * and no result is withheld over a field that a newer claude has more.
 */
export function advertise(schema: z.ZodType): StandardSchemaWithJSON {
  // What goes in: of what comes out, zod says that there is nothing else in it.
  const json = (): Record<string, unknown> => z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return {
    '~standard': {
      version: 1,
      vendor: 'sluice',
      validate: (value) => ({ value }),
      jsonSchema: { input: json, output: json },
    },
  };
}
