import { describe, expect, it } from 'vitest';
import { CALLER_FIELDS, nameForCallers, propertyOf } from '../../../src/request/caller-fields.ts';
import { ALL_RUN_OPTIONS } from '../../../src/request/run-options.ts';
import { conforms } from '../../../src/request/kinds/schema.ts';
import { schemaOf } from '../../../src/request/schema-of.ts';

const TEXTS = ['', ' ', 'Read', '3f1f4d0e-5a55-4b6f-9d5c-1f6f0a9f2b11'];
const VALUES = [...TEXTS, 0, 1, 2.5, 10_001, true, ['Read'], [''], [], { type: 'object' }];

describe('what callers may set', () => {
  it('are all the fields that say how, each under a name of its own', () => {
    expect(new Set(CALLER_FIELDS)).toEqual(new Set(ALL_RUN_OPTIONS.filter(({ caller }) => caller !== undefined)));
    expect(new Set(CALLER_FIELDS.map(nameForCallers)).size).toBe(CALLER_FIELDS.length);
  });

  it.each(CALLER_FIELDS.map((field) => [nameForCallers(field), field] as const))(
    '%s takes nothing that its field does not',
    (_, { kind, caller: { values = kind, default: preset } }) => {
      expect(VALUES.filter((value) => values.is(value) && !kind.is(value))).toEqual([]);
      expect(preset === undefined || values.is(preset)).toBe(true);
    },
  );

  it('can be told as JSON Schema, in which nothing else is allowed', () => {
    const schema = schemaOf(CALLER_FIELDS.map(propertyOf));
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(conforms(schema, { maxTurns: 3, timeoutMs: 1000, allowedTools: ['Read'] })).toBe(true);
    expect(conforms(schema, { maxTurn: 3 })).toBe(false);
    expect(schema.properties['maxMessages']).toMatchObject({ type: 'integer', default: 100, maximum: 10_000 });
  });
});
