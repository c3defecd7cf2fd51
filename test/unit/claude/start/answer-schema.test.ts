import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerSchema } from '../../../../src/claude/start/json-schema/answer-schema.ts';

const text = { type: 'string' };

/** An object with one property. */
const having = (a: unknown, fields: object = {}) => ({ type: 'object', properties: { a }, ...fields });

/** What claude is given for a schema. */
const given = (schema: object): unknown => JSON.parse(answerSchema(schema).json);

describe('a schema that claude takes', () => {
  it.each<[string, object]>([
    ['plain', having(text, { required: ['a'] })],
    ['with definitions', having({ $ref: '#/$defs/x' }, { $defs: { x: text } })],
    ['that refers to itself', having({ $ref: '#' })],
    ['with a name', having(text, { $id: 'https://example.com/answer' })],
    ['with a nullable type', having({ type: 'string', nullable: true })],
    ['with a tuple of draft-07', having({ type: 'array', items: [text], additionalItems: false })],
    ['with properties that are named like keywords', having(text, { required: ['$ref', 'format', 'items'] })],
    ['with any kind of case', { type: 'object', oneOf: [having(text), having({ const: null })] }],
  ])('%s is passed on as it is', (_, schema) => {
    expect(given(schema)).toEqual(schema);
  });

  it.each<[string, object, object]>([
    ['without a type', { properties: {} }, { properties: {}, type: 'object' }],
    ['that may be null', { type: ['object', 'null'] }, { type: 'object' }],
    ['behind a reference', { $ref: '#/$defs/x', $defs: { x: having(text) } }, { type: 'object' }],
  ])('%s says that it is an object, as the API asks', (_, schema, expected) => {
    expect(given(schema)).toMatchObject(expected);
  });
});

describe('a schema of another draft', () => {
  it.each([
    'https://json-schema.org/draft/2020-12/schema',
    'https://json-schema.org/draft/2019-09/schema',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft-07/schema',
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-04/schema#',
    'https://spec.openapis.org/oas/3.1/dialect/base',
    '',
  ])('%s says no more of it', ($schema) => {
    expect(given({ $schema, ...having(text) })).toEqual(having(text));
  });

  it.each<[string, unknown, unknown]>([
    [
      'a tuple',
      { type: 'array', prefixItems: [text], items: false },
      { type: 'array', items: [text], additionalItems: false },
    ],
    ['a tuple and more', { prefixItems: [text], items: text }, { items: [text], additionalItems: text }],
    ['an open tuple', { prefixItems: [text] }, { items: [text] }],
    ['a closed tuple', { prefixItems: [text], unevaluatedItems: false }, { items: [text], additionalItems: false }],
    ['a closed older tuple', { items: [text], unevaluatedItems: text }, { items: [text], additionalItems: text }],
    ['a closed list', { unevaluatedItems: text }, { items: text }],
    ['what closes nothing', { items: text, unevaluatedItems: false, additionalItems: false }, { items: text }],
    ['names that depend', { dependentRequired: { a: ['b'] } }, { dependencies: { a: ['b'] } }],
    ['schemas that depend', { dependentSchemas: { a: text } }, { dependencies: { a: text } }],
    [
      'all that depends on one',
      { dependentRequired: { a: ['b'] }, dependentSchemas: { a: text } },
      { dependencies: { a: { allOf: [{ required: ['b'] }, text] } } },
    ],
    ['one at least', { contains: text, minContains: 1 }, { contains: text }],
    ['none at least', { contains: text, minContains: 0 }, {}],
    ['a closed object', having(text, { unevaluatedProperties: false }), having(text, { additionalProperties: false })],
    ['an end without an if', { else: text }, {}],
    ['a choice twice', { enum: ['x', 'x', 1] }, { enum: ['x', 1] }],
    ['an example', { example: 1 }, { examples: [1] }],
    ['an excluded bound', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ['an included bound', { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
    ['what is not nullable', { nullable: false }, {}],
    ['notes of others', { discriminator: {}, xml: {}, id: 'x', 'x-order': 1, markdownDescription: 'x' }, {}],
    ['a pattern with needless escapes', { pattern: '^[\\-\\_]\\-\\d\\.$' }, { pattern: '^[\\-_]-\\d\\.$' }],
    ['a format', { type: 'string', format: 'uri' }, { type: 'string', description: '(format: uri)' }],
    ['a format that is told', { format: 'uri', description: 'Where.' }, { description: 'Where. (format: uri)' }],
    ['a reference to itself', { $recursiveRef: '#' }, { $ref: '#' }],
  ])('has %s in the words of draft-07', (_, part, expected) => {
    expect(given(having(part))).toEqual(having(expected));
  });

  it('has places for anchors, and for what was moved', () => {
    const $defs = { 'a b': { $anchor: 'word', ...text }, t: { prefixItems: [{ $dynamicAnchor: 'one' }] } };
    const anyOf = [{ $ref: '#word' }, { $dynamicRef: '#one' }, { $ref: '#/$defs/t/prefixItems/0' }];
    expect(given(having({ anyOf }, { $defs }))).toEqual(
      having(
        { anyOf: [{ $ref: '#/$defs/a%20b' }, { $ref: '#/$defs/t/items/0' }, { $ref: '#/$defs/t/items/0' }] },
        { $defs: { 'a b': text, t: { items: [{}] } } },
      ),
    );
  });

  it('is closed over what stands in allOf and behind references, as in an intersection of TypeBox', () => {
    const [one, other] = [
      having(text),
      { type: 'object', properties: { b: text }, patternProperties: { '^x-': text } },
    ];
    const schema = { type: 'object', allOf: [one, { $ref: '#/$defs/other' }], unevaluatedProperties: false };
    expect(given({ ...schema, $defs: { other } })).toMatchObject({
      additionalProperties: false,
      properties: { a: true, b: true },
      patternProperties: { '^x-': true },
    });
  });

  it('as zod prints it, with all there is in it', () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const user = z.object({ id: z.uuid(), mail: z.email() }).meta({ id: 'User', title: 'A user' });
    const all = z.object({
      url: z.url().describe('Where it is.'),
      when: z.iso.datetime(),
      count: z.int().positive(),
      ratio: z.number().multipleOf(0.5).nullable(),
      kind: z.literal(['a', 1]),
      pair: z.tuple([z.string(), z.number()]),
      rest: z.tuple([z.string()], z.number()),
      scores: z.record(z.enum(['a', 'b']), z.number()),
      either: z.discriminatedUnion('is', [z.object({ is: z.literal('a') }), z.object({ is: z.literal('b') })]),
      both: z.intersection(z.object({ a: z.string() }), z.looseObject({ b: z.string() })),
      any: z.any(),
      none: z.array(z.never()),
      file: z.base64(),
      version: z.templateLiteral(['v', z.number()]),
      name: z
        .string()
        .startsWith('a.')
        .endsWith('-')
        .regex(/^[\w-]+$/)
        .optional(),
      emoji: z.emoji().meta({ examples: ['x'], deprecated: true }),
      tree,
      author: user,
      editor: user,
    });
    const schema = answerSchema(z.toJSONSchema(all));
    expect(schema.leftOut).toEqual([]);
    expect(JSON.parse(schema.json)).toMatchObject({
      type: 'object',
      properties: {
        url: { type: 'string', description: 'Where it is. (format: uri)' },
        pair: { items: [text, { type: 'number' }], additionalItems: false },
        author: { $ref: '#/$defs/User' },
      },
    });
    expect(given(z.toJSONSchema(user))).toMatchObject({ $ref: '#/$defs/User', type: 'object' });
  });

  it('as TypeBox prints it', () => {
    const node = {
      $id: 'Node',
      type: 'object',
      required: ['id', 'nodes'],
      properties: { id: text, nodes: { type: 'array', items: { $ref: 'Node' } } },
    };
    const schema = having(node, {
      properties: {
        node,
        pair: { type: 'array', items: [text, text], additionalItems: false, minItems: 2, maxItems: 2 },
        mail: { type: 'string', format: 'email' },
        size: {
          anyOf: [
            { const: 'S', type: 'string' },
            { const: 'L', type: 'string' },
          ],
        },
        scores: { type: 'object', patternProperties: { '^(.*)$': { type: 'number' } } },
        nothing: { not: {} },
        both: { type: 'object', allOf: [having(text), having(text)], unevaluatedProperties: false },
      },
    });
    expect(answerSchema(schema).leftOut).toEqual([]);
  });
});

describe('a schema that claude would not take', () => {
  it.each<[string, object, string]>([
    [
      'a mistyped type',
      having({ type: 'strng' }),
      'at #/properties/a/type: must be equal to one of the allowed values: ',
    ],
    ['no type of its draft', having({ type: 'Date' }), 'at #/properties/a/type: must be equal to one of'],
    [
      'a mistyped keyword',
      having({ minLenght: 1 }),
      'at #/properties/a: "minLenght" is no keyword of JSON Schema; did you mean "minLength"?',
    ],
    [
      'a keyword in another case',
      { type: 'object', Properties: {} },
      'at #: "Properties" is no keyword of JSON Schema; did you mean "properties"?',
    ],
    ['properties in a list', { type: 'object', properties: [] }, 'at #/properties: must be object'],
    ['a name in place of names', having(text, { required: 'a' }), 'at #/required: must be array'],
    ['a number as text', having({ minimum: '1' }), 'at #/properties/a/minimum: must be number'],
    ['no choice', having({ enum: [] }), 'at #/properties/a/enum: must NOT have fewer than 1 items'],
    ['a pattern that is none', having({ pattern: '(' }), 'at #/properties/a: Invalid regular expression'],
    [
      'a reference to nothing',
      having({ items: { $ref: '#/$defs/no' } }),
      'at #/properties/a/items: there is no #/$defs/no in this schema; what a $ref leads to',
    ],
    [
      'a reference to elsewhere',
      having({ $ref: 'https://example.com/x' }),
      'at #/properties/a: there is no https://example.com/x in this schema',
    ],
    ['a reference to no anchor', having({ $ref: '#no' }), 'at #/properties/a: there is no $anchor for "#no"'],
    [
      'an anchor twice',
      having({ $anchor: 'x' }, { $defs: { x: { $anchor: 'x' } } }),
      'at #/$defs/x: there is another anchor "x"',
    ],
    [
      'a dialect of its own',
      { $schema: 'https://example.com/my', type: 'object' },
      'at #/$schema: "https://example.com/my" is no draft',
    ],
    [
      'a number of what it contains',
      having({ contains: text, maxContains: 2 }),
      'at #/properties/a/maxContains: claude knows no',
    ],
    [
      'null added to nothing',
      having({ anyOf: [text], nullable: true }),
      'at #/properties/a/nullable: there is no type',
    ],
    [
      'what closes cases',
      having({ anyOf: [having(text)], unevaluatedProperties: false }),
      'at #/properties/a/unevaluatedProperties: claude knows no',
    ],
    [
      'what closes a list of cases',
      having({ contains: text, unevaluatedItems: false }),
      'at #/properties/a/unevaluatedItems: claude knows no',
    ],
    [
      'a bad part that was moved',
      having({ prefixItems: [{ type: 'x' }] }),
      'at #/properties/a/prefixItems/0/type: must be',
    ],
    [
      'a list',
      { type: 'array', items: text },
      'at #: claude answers with an object, and this is array; put it in a property of one',
    ],
    ['no type at all', { type: 'obejct' }, 'at #/type: must be equal to one of the allowed values'],
    ['choices of texts', { enum: ['a', 'b'] }, 'at #: claude answers with an object, and this is string'],
    [
      'a list behind a reference',
      { $ref: '#/$defs/x', $defs: { x: { type: 'array' } } },
      'at #: claude answers with an object',
    ],
    [
      'a property that two rules are for',
      { type: 'object', properties: { ab: text }, patternProperties: { '^a': text } },
      'at #: property ab matches pattern ^a',
    ],
  ])('%s is refused with the place', (_, schema, message) => {
    expect(() => answerSchema(schema)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(`jsonSchema: ${message}`) }),
    );
  });

  it('is refused when it is deeper than can be looked at', () => {
    const deep = JSON.parse(`${'{"items":'.repeat(2_000)}{}${'}'.repeat(2_000)}`);
    expect(() => answerSchema(deep)).toThrow('jsonSchema: it is nested too deeply');
  });

  it('tells what no draft knows, and goes on without', () => {
    const schema = having({ type: 'string', label: 'Name' }, { widget: { rows: 3 } });
    expect(answerSchema(schema)).toEqual({
      json: JSON.stringify(having(text)),
      leftOut: ['#/widget', '#/properties/a/label'],
    });
  });
});
