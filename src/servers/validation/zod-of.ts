import * as z from 'zod';
import type { ValueSchema } from '../../request/kinds/schema.ts';
import type { ObjectSchema } from '../../request/schema-of.ts';

/** What checks an object by its JSON Schema, and says of each key that is wrong what was expected. */
export function zodOf({ properties, required = [] }: ObjectSchema): z.ZodObject<z.core.$ZodShape> {
  const shape = Object.entries(properties).map(([name, schema]) => {
    const value = zodOfValue(schema);
    if (schema.default !== undefined) return [name, value.default(schema.default)];
    return [name, required.includes(name) ? value : value.optional()];
  });
  return z.strictObject(Object.fromEntries(shape));
}

/** The same, made when it is first asked for: those of a gateway take some milliseconds. */
export function zodOnce(schema: ObjectSchema): () => z.ZodObject<z.core.$ZodShape> {
  let made: z.ZodObject<z.core.$ZodShape> | null = null;
  return () => (made ??= zodOf(schema));
}

function zodOfValue(schema: ValueSchema): z.ZodType {
  if (schema.anyOf !== undefined) return z.union(schema.anyOf.map(zodOfValue));
  switch (schema.type) {
    case undefined:
      return z.unknown();
    case 'string':
      return schema.enum === undefined ? zodOfText(schema) : z.enum(schema.enum);
    case 'boolean':
      return z.boolean();
    case 'integer':
      return bounded(z.int(), schema);
    case 'number':
      return bounded(z.number(), schema);
    case 'array':
      return z.array(zodOfValue(schema.items ?? {}));
    case 'object':
      return zodOfObject(schema);
    default:
      return schema.type satisfies never;
  }
}

function zodOfText({ minLength = 0, pattern, format }: ValueSchema): z.ZodType {
  const text = z.string().min(minLength, { abort: true });
  if (pattern === undefined) return text;
  const expression = new RegExp(pattern, 'u');
  return format === undefined ? text.regex(expression) : z.stringFormat(format, expression);
}

function bounded(number: z.ZodNumber, { minimum, exclusiveMinimum, maximum }: ValueSchema): z.ZodNumber {
  let read = number;
  if (minimum !== undefined) read = read.min(minimum);
  if (exclusiveMinimum !== undefined) read = read.gt(exclusiveMinimum);
  if (maximum !== undefined) read = read.max(maximum);
  return read;
}

function zodOfObject({ properties, additionalProperties = true, required }: ValueSchema): z.ZodType {
  if (properties === undefined) return z.record(z.string(), z.unknown());
  const known = zodOf({ type: 'object', properties, ...(required === undefined ? {} : { required }) });
  return additionalProperties ? known.loose() : known;
}
