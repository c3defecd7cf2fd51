import * as z from 'zod/mini';
import { isRecord } from '../is-record.ts';

/** Whether a JSON value has a shape. */
export type ShapeCheck = (value: unknown) => boolean;

/**
 * Says of JSON values whether they fit a schema, without the copy that a parse makes of each: a stream may have a hundred
 * thousand messages, of which nothing else is wanted.
 * @throws TypeError for a kind of schema that no message has, and for one that asks for more than a shape
 */
export function shapeCheck(schema: z.core.$ZodType): ShapeCheck {
  if (asksForMore(schema))
    throw new TypeError(`no check for what a schema of ${schema._zod.def.type} asks for besides`);
  if (schema instanceof z.ZodMiniUnknown) return () => true;
  if (schema instanceof z.ZodMiniString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodMiniNumber) return (value) => Number.isFinite(value);
  if (schema instanceof z.ZodMiniBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodMiniLiteral) return literalCheck(schema.def.values);
  if (schema instanceof z.ZodMiniOptional) return orElse(undefined, shapeCheck(schema.def.innerType));
  if (schema instanceof z.ZodMiniNullable) return orElse(null, shapeCheck(schema.def.innerType));
  if (schema instanceof z.ZodMiniArray) return listCheck(shapeCheck(schema.def.element));
  if (schema instanceof z.ZodMiniUnion) return eitherCheck(schema.def.options.map(shapeCheck));
  if (schema instanceof z.ZodMiniObject) return fieldsCheck(schema.def.shape);
  if (schema instanceof z.ZodMiniRecord && schema.def.valueType instanceof z.ZodMiniUnknown) return isRecord;
  throw new TypeError(`no check for a schema of ${schema._zod.def.type}`);
}

/** Such as a least length, a format, or a shape of fields that it does not name. */
function asksForMore(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod;
  const others = schema instanceof z.ZodMiniObject ? schema.def.catchall : undefined;
  const limitsOthers = others !== undefined && !(others instanceof z.ZodMiniUnknown);
  return (def.checks ?? []).length > 0 || 'check' in def || limitsOthers;
}

function literalCheck(values: readonly unknown[]): ShapeCheck {
  const [only] = values;
  return values.length === 1 ? (value) => value === only : (value) => values.includes(value);
}

function orElse(otherwise: unknown, check: ShapeCheck): ShapeCheck {
  return (value) => value === otherwise || check(value);
}

function eitherCheck(checks: readonly ShapeCheck[]): ShapeCheck {
  return (value) => checks.some((check) => check(value));
}

function listCheck(check: ShapeCheck): ShapeCheck {
  return (value) => Array.isArray(value) && value.every(check);
}

function fieldsCheck(shape: z.core.$ZodShape): ShapeCheck {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, check: shapeCheck(schema) }));
  return (value) => {
    if (!isRecord(value)) return false;
    for (const { name, check } of fields) if (!check(value[name])) return false;
    return true;
  };
}
