import { SluiceError } from '../../../errors.ts';
import type { Json } from '../../../request/kinds/json.ts';
import { readJson } from '../read-json.ts';
import { flaw } from './flaw.ts';
import { isNode } from './keywords.ts';
import { judge } from './judge.ts';
import { toDraft07 } from './to-draft-07.ts';
import { asToolInput } from './tool-input.ts';

/** A schema that claude takes for its answer. */
export interface AnswerSchema {
  /** As JSON. */
  readonly json: string;
  /** Keywords that were left out, with their places. */
  readonly leftOut: readonly string[];
}

/**
 * Reads what `--json-schema` gives, and makes of it what claude's validator takes. Claude lets go of one that it does not
 * take, and answers without (2.1.197), or refuses it without the place (2.1.332).
 * @throws SluiceError `usage` with the place in the schema
 */
export function answerSchema(value: Json): AnswerSchema {
  try {
    const { schema, leftOut, origin } = toDraft07(readJson('jsonSchema', value));
    if (!isNode(schema)) throw flaw('#', 'is no JSON Schema');
    const usable = asToolInput(schema);
    judge(usable, origin);
    return { json: JSON.stringify(usable), leftOut };
  } catch (error) {
    if (error instanceof RangeError)
      throw new SluiceError(
        'usage',
        (name) => `${name('jsonSchema')}: it is nested too deeply, or leads back to itself for ever`,
      );
    throw error;
  }
}
