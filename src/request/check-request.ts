import { SluiceError } from '../errors.ts';
import { isRecord } from '../is-record.ts';
import { ALL_RUN_OPTIONS } from './run-options.ts';
import { texts } from './kinds/lists.ts';
import { conforms, type ValueSchema } from './kinds/schema.ts';
import { type Expected, expectValue } from './expected.ts';
import { count } from './kinds/numbers.ts';
import { nearest } from '../nearest.ts';
import type { Prompt } from './prompt.ts';
import type { RunRequest } from './run-request.ts';

const CONDENSED: ValueSchema = {
  type: 'object',
  properties: { lines: count.schema, kept: count.schema, characters: count.schema },
  required: ['lines', 'kept', 'characters'],
};

const PROMPT: ValueSchema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        text: { type: 'string' },
        inert: { type: 'string' },
        condensed: CONDENSED,
        attachments: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, text: { type: 'string' }, condensed: CONDENSED },
            required: ['name', 'text'],
          },
        },
        images: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              mediaType: { type: 'string', enum: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] },
              base64: { type: 'string', minLength: 1 },
            },
            required: ['name', 'mediaType', 'base64'],
          },
        },
        literal: { type: 'boolean' },
        slash: { type: 'boolean' },
        warnings: { type: 'array', items: { type: 'string' } },
      },
      additionalProperties: false,
    },
  ],
};

/** Where values came from, by option. */
export type Origins = Readonly<Partial<Record<string, string>>>;

/** What is expected of each part of a request, by name. */
const PARTS = new Map<string, Expected>([
  ['prompt', { expected: 'a text, or an object with text, inert, attachments, images', is: isPrompt }],
  ['passThrough', texts],
  ...ALL_RUN_OPTIONS.map(({ name, kind }) => [name, kind] as const),
]);

/**
 * Makes sure that a request is one, whoever made it; what is undefined counts as absent.
 * @param origins where values came from, by option, for errors
 * @throws SluiceError `usage` that names the option and what was expected of it, and never shows a text
 */
export function checkRequest(request: unknown, origins: Origins = {}): asserts request is RunRequest {
  expectValue('request', { expected: 'an object of options', is: isRecord }, request);
  for (const [name, value] of Object.entries(Object(request))) {
    const expected = PARTS.get(name);
    if (expected === undefined) throw new SluiceError('usage', `there is no option "${name}"${hint(name)}`);
    if (value !== undefined) expectValue(name, expected, value);
  }
  rejectContradictions(Object(request), origins);
}

/** A prompt from wherever it came. @throws SluiceError `usage` for what is none */
export function checkedPrompt(prompt: unknown): Prompt {
  if (typeof prompt === 'string') return { text: prompt };
  if (isPrompt(prompt)) return prompt;
  throw new SluiceError(
    'usage',
    (name) => `${name('prompt')}: expected a text, or an object with text, inert, attachments, images`,
  );
}

function isPrompt(value: unknown): value is Prompt {
  return conforms(PROMPT, value);
}

/** Refuses options that mean nothing without others, claude passes over some of them, and those that exclude each other. */
function rejectContradictions(
  { forkSession, resume, continue: continues, findings, jsonSchema }: RunRequest,
  origins: Origins,
): void {
  if (findings === true && jsonSchema !== undefined)
    throw new SluiceError('usage', (name) => {
      const where = origins['findings'] ?? name('findings');
      return `${where}: findings have a schema of their own; leave it or ${name('jsonSchema')} out`;
    });
  if (forkSession === true && resume === undefined && continues !== true)
    throw new SluiceError('usage', (name) => {
      const where = origins['forkSession'] ?? name('forkSession');
      return `${where}: there is no conversation to fork; add ${name('resume')} or ${name('continue')}`;
    });
}

function hint(name: string): string {
  const near = nearest(name, [...PARTS.keys()]);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
