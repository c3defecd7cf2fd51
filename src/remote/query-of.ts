import { readJson } from '../claude/start/read-json.ts';
import type { Query } from '../client/client.ts';
import { SluiceError } from '../errors.ts';
import { type CallerField, nameForCallers } from '../request/caller-fields.ts';
import type { Prompt } from '../request/prompt.ts';
import { SENT_FIELDS } from '../request/remote.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Host } from '../run/host.ts';

/**
 * What a gateway is asked for, of what a run is asked for: what callers may set. No path of this machine is in it; the
 * folder to work in is one of the gateway's.
 * @throws SluiceError `usage` for a value that no gateway takes, and where nothing but attachments is given
 */
export function queryOf(request: RunRequest, prompt: Prompt, { origins = {} }: Pick<Host, 'origins'> = {}): Query {
  const { text = '', inert = '', attachments = [], images = [] } = prompt;
  const asked = [inert, text].filter((part) => part !== '').join('\n\n');
  if (asked === '') throw new SluiceError('usage', 'a gateway wants a prompt beside what is attached; say what to do');
  const files = [
    ...attachments.map(({ name, text }) => ({ name, text })),
    ...images.map(({ name, base64 }) => ({ name, base64 })),
  ];
  const given = new Map<string, unknown>(Object.entries(withWholeSchema(request)));
  const fields = SENT_FIELDS.filter(({ name }) => given.get(name) !== undefined).map((field) => {
    const value = given.get(field.name);
    refuseUnfit(field, value, origins[field.name]);
    return [nameForCallers(field), value] as const;
  });
  return { prompt: asked, ...(files.length === 0 ? {} : { attachments: files }), ...Object.fromEntries(fields) };
}

/** What stands in a file goes along: the gateway has none of ours. */
function withWholeSchema(request: RunRequest): RunRequest {
  const { jsonSchema } = request;
  return jsonSchema === undefined ? request : { ...request, jsonSchema: readJson('jsonSchema', jsonSchema) };
}

function refuseUnfit(field: CallerField, value: unknown, origin: string | undefined): void {
  const { values = field.kind } = field.caller;
  if (values.is(value)) return;
  const expected = 'expected' in values ? String(values.expected) : 'no such value';
  throw new SluiceError('usage', (name) => `${origin ?? name(field.name)}: a gateway takes ${expected} there`);
}
