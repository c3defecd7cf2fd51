import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SluiceError } from '../../../../src/errors.ts';
import { toDraft07 } from '../../../../src/claude/start/json-schema/to-draft-07.ts';
import { rounds } from '../../../support/rounds.ts';

const name = fc.constantFrom('a', 'b', 'c');
const number = fc.integer({ min: 0, max: 3 });

/** Values of the few shapes that the schemas below speak of. */
const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 'a', null), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
})).value;

/** Schemas with every keyword that is told in other words, side by side. */
function schemas(newest: boolean, refers = true): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => {
    const schema = tie('schema');
    const list = fc.array(schema, { minLength: 1, maxLength: 2 });
    const byName = fc.dictionary(name, schema, { maxKeys: 2 });
    const fields: Record<string, fc.Arbitrary<unknown>> = {
      type: fc.constantFrom('object', 'array', 'string', 'number'),
      properties: byName,
      additionalProperties: schema,
      unevaluatedProperties: schema,
      patternProperties: fc.dictionary(fc.constantFrom('^a', '^c'), schema, { maxKeys: 1 }),
      dependentRequired: fc.dictionary(name, fc.uniqueArray(name), { maxKeys: 2 }),
      dependentSchemas: byName,
      allOf: list,
      anyOf: list,
      contains: schema,
      minContains: fc.constantFrom(0, 1),
      unevaluatedItems: schema,
      else: schema,
      enum: fc.array(fc.constantFrom(1, 'a'), { minLength: 1 }),
      ...(refers ? { $ref: fc.constant('#/$defs/x') } : {}),
      maxItems: number,
      ...(newest ? { prefixItems: list, items: schema } : { items: fc.oneof(schema, list), additionalItems: schema }),
    };
    return {
      schema: fc.oneof({ maxDepth: 3 }, fc.boolean(), fc.record(fields, { requiredKeys: [], noNullPrototype: true })),
    };
  }).schema;
}

/** Null where it can't be told in draft-07. */
function translatedOrRefused(schema: unknown): object | null {
  try {
    return z.looseObject({}).parse(toDraft07(schema).schema);
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}

describe.each<[string, boolean, typeof Ajv2019 | typeof Ajv2020]>([
  ['2019-09', false, Ajv2019],
  ['2020-12', true, Ajv2020],
])('a schema of %s', (_, newest, Newer) => {
  it('accepts the same in draft-07, or is refused', () => {
    const target = fc.record({ $defs: fc.record({ x: schemas(newest, false) }), allOf: fc.tuple(schemas(newest)) });
    const options = { strict: false, logger: false, validateSchema: false, meta: false } as const;
    const [newer, draft07] = [new Newer(options), new Ajv(options)];
    let told = 0;
    fc.assert(
      fc.property(target, fc.array(value, { minLength: 1, maxLength: 5 }), (schema, values) => {
        const translated = translatedOrRefused(schema);
        if (translated === null) return;
        const [before, after] = [newer.compile(schema), draft07.compile(translated)];
        for (const one of values) {
          told++;
          expect({ translated, one, accepted: after(one) }).toEqual({ translated, one, accepted: before(one) });
        }
      }),
      { numRuns: rounds(100) },
    );
    expect(told).toBeGreaterThan(50);
  });
});
