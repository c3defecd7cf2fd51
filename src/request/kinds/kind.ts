import { conforms, type ValueSchema } from './schema.ts';

/**
 * Reads one option's value from what a person typed, a variable or a file holds; throws an Error that says what was
 * expected, with the piece at fault as its cause where that is not the whole value.
 */
export type Parse<Value> = (value: unknown) => Value;

/** What the values of an option are: how they are read from text, checked in programs, shown and published. */
export interface Kind<Value> {
  readonly parse: Parse<Value>;
  /** Whether a value is one already, as programs give it; true for all that {@link Kind.parse} gives. */
  is(value: unknown): value is Value;
  /** What errors of programs say was expected, as in `a whole number above 0`. */
  readonly expected: string;
  /** A value as it can be typed again, or each one of a list; absent: as it is. */
  show?(value: Value): string | readonly string[];
  readonly schema: ValueSchema;
  /** Values that are known, where others are allowed too: shells offer them. */
  readonly known?: readonly string[];
}

/** A kind, whose values are those that meet its schema. */
export function kindOf<Value>(parts: Omit<Kind<Value>, 'is'>): Kind<Value> {
  return { ...parts, ...valuesOf<Value>(parts.schema) };
}

/** The values of a kind, as programs give them. */
export type Values<Value> = Pick<Kind<Value>, 'is' | 'schema'>;

/** Those that meet a schema. */
export function valuesOf<Value>(schema: ValueSchema): Values<Value> {
  return { schema, is: (value: unknown): value is Value => conforms(schema, value) };
}
