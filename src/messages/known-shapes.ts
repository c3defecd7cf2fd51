import { SCHEMAS } from './schemas.ts';
import type { FieldsShape, Shape } from './shape.ts';
import { shapeOf } from './shape-of.ts';

/**
 * A function for each message type that makes its shape from its schema, by the name of the type. The build puts finished shapes in
 * place of this file: to load zod and to make the schemas takes a run 15 ms.
 */
export const KNOWN_SHAPES: Readonly<Record<string, () => FieldsShape>> = Object.fromEntries(
  SCHEMAS.map((schema) => shapeOf(schema)).map((shape) => [nameIn(shape), () => shape]),
);

/** A `type`, or `system/` and a subtype. */
function nameIn({ fields: { type, subtype } }: FieldsShape): string {
  return [...valuesOf(type), ...valuesOf(subtype)].join('/');
}

function valuesOf(shape: Shape | undefined): readonly unknown[] {
  return typeof shape === 'object' && 'oneOf' in shape ? shape.oneOf : [];
}
