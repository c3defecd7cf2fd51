import { KNOWN_SHAPES } from './known-shapes.ts';
import { type ShapeCheck, shapeCheck } from './shape.ts';
import { type ClaudeMessage, type UnknownMessage, unrecognised } from './types.ts';

const shapes = new Map(Object.entries(KNOWN_SHAPES));
/** Made of a shape when the first message of its name comes: most runs have few kinds. */
const checks = new Map<string, ShapeCheck>();

/** The names that sluice has schemas for: a `type`, or `system/` and a subtype. */
export const KNOWN_NAMES: readonly string[] = [...shapes.keys()];

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
  const shape = shapes.get(name);
  const check = shape && shapeCheck(shape);
  if (check !== undefined) checks.set(name, check);
  return check;
}
