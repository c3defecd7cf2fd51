import * as z from 'zod/mini';
import { SCHEMAS } from './schemas.ts';
import { type ShapeCheck, shapeCheck } from './shape-check.ts';
import { type ClaudeMessage, type UnknownMessage, unrecognised } from './types.ts';

const schemas = new Map(SCHEMAS.map((schema) => [schemaName(schema), schema]));
/** Made of a schema when the first message of its name comes: most runs have few kinds. */
const checks = new Map<string, ShapeCheck>();

/** The names that sluice has schemas for: a `type`, or `system/` and a subtype. */
export const KNOWN_NAMES: readonly string[] = [...schemas.keys()];

/** What a message is called in tables and logs: its `type`, and for `system` its subtype too. */
export function nameOf(message: { readonly type: string; readonly subtype?: unknown }): string {
  return message.type === 'system' && typeof message.subtype === 'string' ? `system/${message.subtype}` : message.type;
}

/**
 * Says which message a parsed JSON object is. The object is handed on with every field it has; a known type
 * whose shape no longer fits counts as unknown, so that what is typed can be trusted.
 */
export function recognise(value: { readonly type: string }): ClaudeMessage | UnknownMessage {
  return fits(value) ? value : { ...value, [unrecognised]: true };
}

function fits(value: { readonly type: string; readonly subtype?: unknown }): value is ClaudeMessage {
  const name = nameOf(value);
  const check = checks.get(name) ?? checkOf(name);
  return check?.(value) === true;
}

function checkOf(name: string): ShapeCheck | undefined {
  const schema = schemas.get(name);
  const check = schema && shapeCheck(schema);
  if (check !== undefined) checks.set(name, check);
  return check;
}

function schemaName({ shape }: (typeof SCHEMAS)[number]): string {
  const subtype = 'subtype' in shape && shape.subtype instanceof z.ZodMiniLiteral ? valueOf(shape.subtype) : undefined;
  return nameOf({ type: valueOf(shape.type), subtype });
}

function valueOf({ def }: z.ZodMiniLiteral): string {
  return def.values.join('');
}
