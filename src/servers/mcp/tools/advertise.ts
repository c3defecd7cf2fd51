import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { ObjectSchema } from '../../../request/schema-of.ts';

/**
 * A schema that clients are told and that lets anything pass: what is wrong with a request is said in words of our own,
 * and no result is withheld over a field that a newer claude has more.
 */
export function advertise(schema: z.ZodType): StandardSchemaWithJSON {
  // What goes in: of what comes out, zod says that there is nothing else in it.
  return advertised(() => z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }));
}

/** The same for one that is JSON already. */
export function advertiseJson(schema: ObjectSchema): StandardSchemaWithJSON {
  return advertised(() => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }));
}

function advertised(json: () => Record<string, unknown>): StandardSchemaWithJSON {
  return {
    '~standard': {
      version: 1,
      vendor: 'sluice',
      validate: (value) => ({ value }),
      jsonSchema: { input: json, output: json },
    },
  };
}
