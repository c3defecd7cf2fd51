import type * as z from 'zod';
import { isRecord } from '../../is-record.ts';

/**
 * A request as its schema wants it, where what was sent can mean only one thing: models and their clients send null for
 * what is not set, `"5"` for a number, `'["Read"]'` or the one item alone for a list, and JSON for an object. All else
 * stays as it is, for the schema to refuse; nothing is let in by this that could not have been sent in its own type.
 */
export function lenientFields(schema: z.ZodObject<z.core.$ZodShape>, request: unknown): unknown {
  if (!isRecord(request)) return request;
  const set = Object.entries(request).filter(([, value]) => value !== null);
  return Object.fromEntries(
    set.map(([name, value]) => {
      const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
      return [name, field === undefined || typeof value !== 'string' ? value : meant(value, typeOf(field))];
    }),
  );
}

/** What a text stands for where this type is expected. */
function meant(text: string, type: z.core.$ZodTypeDef['type']): unknown {
  switch (type) {
    case 'number':
      return /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : text;
    case 'boolean':
      return BOOLEANS.get(text.trim().toLowerCase()) ?? text;
    case 'array':
      return /^\s*\[/.test(text) ? parsed(text, Array.isArray) : [text];
    case 'record':
      return parsed(text, isRecord);
    default:
      return text;
  }
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
]);

/** The JSON that a text is, where it is as wanted; else the text. */
function parsed(text: string, isWanted: (value: unknown) => boolean): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isWanted(value) ? value : text;
  } catch {
    return text;
  }
}

/** What a field is when it is there: whether it has to be is another matter. */
function typeOf({ _zod: { def } }: z.core.$ZodType): z.core.$ZodTypeDef['type'] {
  return hasInnerType(def) ? typeOf(def.innerType) : def.type;
}

function hasInnerType(def: z.core.$ZodTypeDef): def is z.core.$ZodOptionalDef {
  return 'innerType' in def;
}
