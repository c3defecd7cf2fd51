import { type AskedByCallers, CALLER_FIELDS, propertyOf } from './caller-fields.ts';
import { valuesOf } from './kinds/kind.ts';
import { type Property, schemaOf } from './schema-of.ts';
import { SENT_ALONG, type SentAlong } from './sent-along.ts';

/** What a caller asks for: what to do, and what the rows of `request/` let callers set besides. */
export interface QueryRequest extends AskedByCallers, Partial<SentAlong> {
  readonly prompt: string;
}

const PROMPT: Property = {
  name: 'prompt',
  help: 'What Claude Code should do, in plain words. It sees nothing of this conversation.',
  values: valuesOf<string>({ type: 'string', minLength: 1 }),
  required: true,
};

/** A request as it is told to callers. Each description is read by the model that calls the tool. */
export const QUERY_REQUEST = schemaOf([PROMPT, ...CALLER_FIELDS.map(propertyOf)]);

/** The same as programs may send it. */
export const SENT_REQUEST = schemaOf([PROMPT, ...SENT_ALONG, ...CALLER_FIELDS.map(propertyOf)]);
