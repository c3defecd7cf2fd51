import type * as z from 'zod/mini';
import { resultSchema } from './schemas.ts';
import type { MessageOf, UnknownMessage } from './types.ts';

/**
 * What a result says, when the schema did not recognise it because some field is odd: a new version must not leave a run
 * without its end. Fields that do not fit are left out; a result that does not say whether it is an error is one.
 */
export function salvageResult(message: UnknownMessage): MessageOf<'result'> | null {
  if (message.type !== 'result') return null;
  const { subtype, is_error: isError } = message;
  let salvaged: MessageOf<'result'> = {
    type: 'result',
    subtype: typeof subtype === 'string' ? subtype : 'unknown',
    is_error: typeof isError === 'boolean' ? isError : true,
  };
  const shape: Readonly<Record<string, z.ZodMiniType>> = resultSchema.shape;
  for (const [name, field] of Object.entries(shape)) {
    if (name in salvaged || !field.safeParse(message[name]).success) continue;
    salvaged = { ...salvaged, [name]: message[name] };
  }
  return salvaged;
}
