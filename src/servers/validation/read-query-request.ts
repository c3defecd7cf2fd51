import { type QueryRequest, QUERY_REQUEST, SENT_REQUEST } from '../../request/query-schema.ts';
import { DEEPEST_JSON, isDeeper } from '../../request/is-deeper.ts';
import { valuesOf } from '../../request/kinds/kind.ts';
import { Refusal } from '../refusal.ts';
import { readFields } from './read-fields.ts';
import { zodOnce } from './zod-of.ts';

/**
 * A request as it came, in which what is not said has its default.
 * @param by what asks: `asked` by a model, with the fields of a tool, or `sent` by a program
 * @throws Refusal `validation_error`, which names each field and what was expected of it
 */
export function readQueryRequest(asked: unknown, by: keyof typeof readers = 'asked'): QueryRequest {
  rejectDeep(asked);
  const read = readFields(readers[by](), asked);
  if (request.is(read)) return read;
  throw new Error('a request was read that is none');
}

const readers = { asked: zodOnce(QUERY_REQUEST), sent: zodOnce(SENT_REQUEST) };
const request = valuesOf<QueryRequest>(SENT_REQUEST);

function rejectDeep(asked: unknown): void {
  if (!isDeeper(asked, DEEPEST_JSON)) return;
  const field = Object.entries(Object(asked)).find(([, value]) => isDeeper(value, DEEPEST_JSON - 1))?.[0];
  throw new Refusal(
    'validation_error',
    `${field ?? 'the request'}: it is nested more than ${DEEPEST_JSON} levels deep`,
    field === undefined ? {} : { field },
  );
}
