import fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../src/messages/recognise.ts';
import { SCHEMAS } from '../../../src/messages/schemas.ts';
import { shapeCheck } from '../../../src/messages/shape.ts';
import { shapeOf } from '../../../src/messages/shape-of.ts';
import { messagesOf, RECORDINGS } from '../../support/recordings.ts';

/** What may take the place of a part of a message. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(undefined, null, '', 0, Infinity, true, [], {}, [null], [{}], { kind: 'x' }),
);

describe('shapeOf', () => {
  it.each([
    ['a length', z.array(z.string()).check(z.minLength(1))],
    ['a format', z.int()],
    ['fields that are not named', z.catchall(z.object({ name: z.string() }), z.number())],
    ['no other fields', z.strictObject({ name: z.string() })],
    ['a date', z.date()],
  ])('knows of nothing but shapes: %s', (_, schema) => {
    expect(() => shapeOf(schema)).toThrow(TypeError);
    expect(() => shapeOf(z.looseObject({ within: z.optional(schema) }))).toThrow(TypeError);
  });

  it('knows no kind of schema that messages do without', () => {
    expect(() => shapeOf(z.date())).toThrow(TypeError);
  });

  it('gives what JSON can hold', () => {
    const shapes = SCHEMAS.map((schema) => shapeOf(schema));
    expect(JSON.parse(JSON.stringify(shapes))).toEqual(shapes);
  });
});

describe('shapeCheck', () => {
  it('says of every recorded message, and of what becomes of it when parts change, what its schema says', async () => {
    const recorded = (await Promise.all(RECORDINGS.map(messagesOf))).flat();
    const byName = new Map(recorded.map((message) => [nameOf(message), message]));
    for (const schema of SCHEMAS) {
      const check = shapeCheck(shapeOf(schema));
      const messages = [...byName.values()].filter((message) => check(message));
      for (const message of messages) {
        fc.assert(
          fc.property(fc.infiniteStream(fc.nat()), anything, (numbers, part) => {
            const changed = withPart(message, numbers, part);
            expect(check(changed)).toBe(schema.safeParse(changed).success);
          }),
        );
      }
    }
  });

  it.each(SCHEMAS.map((schema) => [String(schema.def.shape.type.def.values), schema] as const))(
    'says of any value what the schema of %s says',
    (_, schema) => {
      const check = shapeCheck(shapeOf(schema));
      fc.assert(
        fc.property(anything, (value) => {
          expect(check(value)).toBe(schema.safeParse(value).success);
        }),
      );
    },
  );
});

/** A value with another part somewhere, in a field that there was or one that is new. */
function withPart(value: unknown, numbers: Iterator<number>, part: unknown): unknown {
  if (typeof value !== 'object' || value === null) return part;
  const keys = Object.keys(value);
  const at = draw(numbers) % (keys.length + 1);
  const key = keys[at];
  if (key === undefined) return part;
  const inner: unknown = Reflect.get(value, key);
  const next = draw(numbers) % 2 === 0 ? part : withPart(inner, numbers, part);
  return Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
}

function draw(numbers: Iterator<number>): number {
  return Number(numbers.next().value);
}
