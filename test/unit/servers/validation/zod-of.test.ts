import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueSchema } from '../../../../src/request/kinds/schema.ts';
import { conforms } from '../../../../src/request/kinds/schema.ts';
import { OPTIONS } from '../../../../src/config/command-options/options.ts';
import { zodOf } from '../../../../src/servers/validation/zod-of.ts';

const object = (value: ValueSchema) => ({
  type: 'object' as const,
  properties: { value },
  required: ['value'],
  additionalProperties: false,
});

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('auto', 'off', 'plan', '64', ' ', 'https://a', '3f1f4d0e-5a55-4b6f-9d5c-1f6f0a9f2b11'),
  fc.integer({ min: -1, max: 3 }),
  fc.array(fc.string()),
);

describe('what checks a request', () => {
  it.each(OPTIONS.map(({ name, kind }) => [name, kind.schema] as const))(
    'takes for %s what its kind does',
    (_, schema) => {
      const reader = zodOf(object(schema));
      fc.assert(
        fc.property(values, (value) => {
          expect(reader.safeParse({ value }).success).toBe(conforms(object(schema), { value }));
        }),
        { numRuns: 30 },
      );
    },
  );
});
