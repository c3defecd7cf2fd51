import { type AskedByCallers, CALLER_FIELDS, nameForCallers, propertyOf } from '../request/callers.ts';
import { valuesOf } from '../request/kinds/kind.ts';
import { schemaOf } from '../request/schema-of.ts';
import { readFields } from './read-fields.ts';
import { zodOf } from './zod-of.ts';

/** What a caller asks for: what to do, and what the rows of `request/` let callers set besides. */
export interface QueryRequest extends AskedByCallers {
  readonly prompt: string;
}

/** A request as it is told to callers. Each description is read by the model that calls the tool. */
export const QUERY_REQUEST = schemaOf([
  {
    name: 'prompt',
    help: 'What Claude Code should do, in plain words. It sees nothing of this conversation.',
    values: valuesOf<string>({ type: 'string', minLength: 1 }),
    required: true,
  },
  ...CALLER_FIELDS.map(propertyOf),
]);

const reader = zodOf(QUERY_REQUEST);
const request = valuesOf<QueryRequest>(QUERY_REQUEST);

/**
 * A request as it came, in which what is not said has its default.
 * @throws Refusal `validation_error`, which names each field and what was expected of it
 */
export function readQueryRequest(asked: unknown): QueryRequest {
  const read = readFields(reader, asked);
  if (request.is(read)) return read;
  throw new Error('a request was read that is none');
}

/** The field of a request that sets an option of a run; undefined for one that is the operator's alone. */
export function fieldOf(option: string): string | undefined {
  const field = CALLER_FIELDS.find(({ name }) => name === option);
  return field && nameForCallers(field);
}
