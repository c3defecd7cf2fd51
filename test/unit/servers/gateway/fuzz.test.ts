import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ValueSchema } from '../../../../src/request/kinds/schema.ts';
import { openApiDocument } from '../../../../src/servers/gateway/openapi.ts';
import { ERROR_CODES } from '../../../../src/servers/refusal.ts';
import { rounds } from '../../../support/rounds.ts';
import { type Reply, visit } from '../../../support/visit.ts';
import { serveGateway } from './served.ts';
import { anyText } from '../../../support/any-text.ts';

const document = openApiDocument() as unknown as Document;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ValueSchema>> };
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: ValueSchema;
}

/** What is not what it should be, whatever that is. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', 0, -1, 1.5, 1e308, '__proto__', '\u0000', '\uD800', 'x'.repeat(5_000), [], {}),
  fc.constant(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}')),
  fc.jsonValue(),
);

/** Values that meet a schema, as far as it goes, and now and then one that does not. */
function valuesOf(schema: ValueSchema, oddness = 1): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: goodValues(schema) }, { weight: oddness, arbitrary: odd });
}

function goodValues(schema: ValueSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => goodValues(one)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return schema.format === 'uuid' ? fc.uuid() : fc.string({ minLength: schema.minLength ?? 0 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    case 'number':
      return fc.double({ min: 0.01, max: 100, noNaN: true });
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return schema.properties === undefined
        ? fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })
        : membersOf(schema.properties, schema.required);
    case undefined:
      return fc.jsonValue();
    default:
      return schema.type satisfies never;
  }
}

function membersOf(properties: Readonly<Record<string, ValueSchema>>, required: readonly string[] = []) {
  const values = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valuesOf(one)]));
  return fc.record({ ...values, [`${required[0] ?? 'x'}x`]: odd }, { requiredKeys: [...required] });
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ path, method: method.toUpperCase(), described })),
);

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly statuses: readonly string[];
}

const shot: fc.Arbitrary<Shot> = fc.constantFrom(...operations).chain(({ path, method, described }) => {
  const { parameters = [], requestBody, responses } = described;
  const inPlace = (place: Parameter['in']): fc.Arbitrary<Record<string, string>> =>
    fc
      .record(
        Object.fromEntries(
          parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, valuesOf(schema, 3)]),
        ),
        place === 'path' ? {} : { requiredKeys: [] },
      )
      .map((values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)])));
  const query = document.components.schemas['Query'] ?? {};
  const body = fc.oneof(
    { weight: 10, arbitrary: valuesOf(query).map((value) => JSON.stringify(value)) },
    anyText(),
    fc.constantFrom('', '{', '[]', 'null', `${'['.repeat(3_000)}${']'.repeat(3_000)}`),
  );
  return fc.record({
    method: fc.constant(method),
    path: fc
      .tuple(inPlace('path'), inPlace('query'))
      .map(
        ([parts, asked]) =>
          path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? '')) +
          (Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`),
      ),
    headers: inPlace('header').map((headers) => ({
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^\u0020-\u007E]/g, '')]),
      ),
    })),
    body: requestBody === undefined ? fc.constant(undefined) : body,
    statuses: fc.constant(Object.keys(responses)),
  });
});

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}

it('whatever is asked is answered as the document says, and the server lives on', { timeout: 60_000 }, async () => {
  const gateway = await serveGateway({ limits: { maxRuns: 2, maxQueued: 2 } });
  await fc.assert(
    fc.asyncProperty(shot, async ({ method, path, headers, body, statuses }) => {
      const asked = { method, headers, ...(body === undefined ? {} : { body }) };
      const reply = await endingRuns(gateway.held.runs, visit(gateway.url, path, asked));
      expect(describeReply(reply)).toBe('in order');
      // A part of a path with a slash in it is another path, and whatever is no JSON is no body.
      expect([...statuses, '404', '415']).toContain(String(reply.status));
    }),
    { numRuns: rounds(60), seed: 20_261_130, endOnFailure: true },
  );
  expect(gateway.errors).toEqual([]);
  expect((await gateway.fetch('/healthz')).status).toBe(200);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

/** What is wrong with a reply, if anything is. */
function describeReply({ status, body }: Reply): string {
  if (status < 400) return 'in order';
  const { status: said, error_code: code, message, details } = Object(JSON.parse(body));
  const isFailure = said === 'error' && ERROR_CODES.includes(code) && /./.test(message) && details !== undefined;
  return isFailure && status !== 500 ? 'in order' : `${status}: ${body}`;
}

/** Ends what runs, as often as it takes until there is a reply. */
async function endingRuns(runs: readonly { finish(): void }[], replied: Promise<Reply>): Promise<Reply> {
  const timer = setInterval(() => {
    for (const run of runs) run.finish();
  }, 1);
  try {
    return await replied;
  } finally {
    clearInterval(timer);
  }
}
