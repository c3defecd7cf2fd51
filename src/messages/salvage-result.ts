import { KNOWN_SHAPES } from './known-shapes.ts';
import { shapeCheck } from './shape.ts';
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
  for (const [name, shape] of Object.entries(KNOWN_SHAPES['result']?.fields ?? {})) {
    if (name in salvaged || !shapeCheck(shape)(message[name])) continue;
    salvaged = { ...salvaged, [name]: message[name] };
  }
  return salvaged;
}
