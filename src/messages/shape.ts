import { isRecord } from '../is-record.ts';

/** What a JSON value is like, in plain data. An object with named fields may have others. */
export type Shape =
  | 'anything'
  | 'string'
  | 'number'
  | 'boolean'
  | 'record'
  | { readonly oneOf: readonly (string | number | boolean | null)[] }
  | { readonly optional: Shape }
  | { readonly nullable: Shape }
  | { readonly list: Shape }
  | { readonly either: readonly Shape[] }
  | FieldsShape;

export interface FieldsShape {
  readonly fields: Readonly<Record<string, Shape>>;
}

/** Whether a JSON value has a shape. */
export type ShapeCheck = (value: unknown) => boolean;

/**
 * Says of JSON values whether they have a shape, without the copy that a schema's parse makes of each: a stream may have a
 * hundred thousand messages, of which nothing else is wanted.
 */
export function shapeCheck(shape: Shape): ShapeCheck {
  if (shape === 'anything') return () => true;
  if (shape === 'string') return (value) => typeof value === 'string';
  if (shape === 'number') return (value) => Number.isFinite(value);
  if (shape === 'boolean') return (value) => typeof value === 'boolean';
  if (shape === 'record') return isRecord;
  if ('oneOf' in shape) return choiceCheck(shape.oneOf);
  if ('optional' in shape) return orElse(undefined, shapeCheck(shape.optional));
  if ('nullable' in shape) return orElse(null, shapeCheck(shape.nullable));
  if ('list' in shape) return listCheck(shapeCheck(shape.list));
  if ('either' in shape) return eitherCheck(shape.either.map(shapeCheck));
  return fieldsCheck(shape);
}

function choiceCheck(values: readonly unknown[]): ShapeCheck {
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

function fieldsCheck({ fields }: FieldsShape): ShapeCheck {
  const checks = Object.entries(fields).map(([name, shape]) => ({ name, check: shapeCheck(shape) }));
  return (value) => {
    if (!isRecord(value)) return false;
    for (const { name, check } of checks) if (!check(value[name])) return false;
    return true;
  };
}
