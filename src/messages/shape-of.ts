import * as z from 'zod/mini';
import type { FieldsShape, Shape } from './shape.ts';

/**
 * The shape that a schema asks for.
 * @throws TypeError for a kind of schema that no message has, and for one that asks for more than a shape
 */
export function shapeOf(schema: z.ZodMiniObject): FieldsShape;
export function shapeOf(schema: z.core.$ZodType): Shape;
export function shapeOf(schema: z.core.$ZodType): Shape {
  if (asksForMore(schema)) throw new TypeError(`no shape is all that a schema of ${schema._zod.def.type} asks for`);
  if (schema instanceof z.ZodMiniUnknown) return 'anything';
  if (schema instanceof z.ZodMiniString) return 'string';
  if (schema instanceof z.ZodMiniNumber) return 'number';
  if (schema instanceof z.ZodMiniBoolean) return 'boolean';
  if (schema instanceof z.ZodMiniLiteral) return { oneOf: schema.def.values.filter(isJson) };
  if (schema instanceof z.ZodMiniOptional) return { optional: shapeOf(schema.def.innerType) };
  if (schema instanceof z.ZodMiniNullable) return { nullable: shapeOf(schema.def.innerType) };
  if (schema instanceof z.ZodMiniArray) return { list: shapeOf(schema.def.element) };
  if (schema instanceof z.ZodMiniUnion) return { either: schema.def.options.map((option) => shapeOf(option)) };
  if (schema instanceof z.ZodMiniObject) return { fields: fieldsOf(schema.def.shape) };
  if (schema instanceof z.ZodMiniRecord && schema.def.valueType instanceof z.ZodMiniUnknown) return 'record';
  throw new TypeError(`there is no shape for a schema of ${schema._zod.def.type}`);
}

/** Such as a least length, a format, or a shape of fields that it does not name. */
function asksForMore(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod;
  const others = schema instanceof z.ZodMiniObject ? schema.def.catchall : undefined;
  const limitsOthers = others !== undefined && !(others instanceof z.ZodMiniUnknown);
  return (def.checks ?? []).length > 0 || 'check' in def || limitsOthers;
}

function fieldsOf(shape: z.core.$ZodShape): FieldsShape['fields'] {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, shapeOf(schema)]));
}

function isJson(value: z.core.util.Literal): value is string | number | boolean | null {
  return value !== undefined && typeof value !== 'bigint';
}
