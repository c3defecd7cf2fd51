import * as z from 'zod/mini';
import { SCHEMAS } from './schemas.ts';
import { type ClaudeMessage, type UnknownMessage, unrecognised } from './types.ts';

const schemas: ReadonlyMap<string, z.ZodMiniType> = new Map(SCHEMAS.map((schema) => [schemaName(schema), schema]));

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

/** How many messages are parsed before zod makes code of its schemas: that takes 6 ms, which many pay for and few don't. */
const FEW = 50;

let parsed = 0;

function fits(value: { readonly type: string; readonly subtype?: unknown }): value is ClaudeMessage {
  parsed += 1;
  return schemas.get(nameOf(value))?.safeParse(value, parsed <= FEW ? { jitless: true } : undefined).success === true;
}

function schemaName({ shape }: (typeof SCHEMAS)[number]): string {
  const subtype = 'subtype' in shape && shape.subtype instanceof z.ZodMiniLiteral ? valueOf(shape.subtype) : undefined;
  return nameOf({ type: valueOf(shape.type), subtype });
}

function valueOf({ def }: z.ZodMiniLiteral): string {
  return def.values.join('');
}
