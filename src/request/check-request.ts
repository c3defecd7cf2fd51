import { SluiceError } from '../errors.ts';
import { ALL_FIELDS } from './fields.ts';
import { texts } from './kinds/lists.ts';
import { conforms, type ValueSchema } from './kinds/schema.ts';
import { nearest } from './nearest.ts';
import type { RunRequest } from './run-request.ts';

const PROMPT: ValueSchema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        text: { type: 'string' },
        inert: { type: 'string' },
        attachments: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' }, text: { type: 'string' } } },
        },
        slash: { type: 'boolean' },
      },
      additionalProperties: false,
    },
  ],
};

/** Where values came from, by option. */
export type Origins = Readonly<Partial<Record<string, string>>>;

/** What is expected of each part of a request, by name. */
const EXPECTED = new Map<string, { readonly expected: string; is(value: unknown): boolean }>([
  ['prompt', { expected: 'a text, or an object of texts', is: (value) => conforms(PROMPT, value) }],
  ['passThrough', texts],
  ...ALL_FIELDS.map(({ name, kind }) => [name, kind] as const),
]);

/**
 * Makes sure that a request is one, whoever made it; what is undefined counts as absent.
 * @param origins where values came from, by option, for errors
 * @throws SluiceError `usage` that names the option and what was expected of it, and never shows its value
 */
export function checkRequest(request: unknown, origins: Origins = {}): asserts request is RunRequest {
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    throw new SluiceError('usage', 'a run is asked for by an object of options');
  for (const [name, value] of Object.entries(request)) {
    const rule = EXPECTED.get(name);
    if (rule === undefined) throw new SluiceError('usage', `there is no option "${name}"${hint(name)}`);
    if (value !== undefined && !rule.is(value)) throw new SluiceError('usage', `${name}: expected ${rule.expected}`);
  }
  rejectContradictions(request, (name) => origins[name] ?? name);
}

/** Refuses options that mean nothing without others: claude passes over some of them. */
function rejectContradictions(request: RunRequest, called: (name: keyof RunRequest) => string): void {
  const { forkSession, resume, continue: continues } = request;
  if (forkSession === true && resume === undefined && continues !== true)
    throw new SluiceError(
      'usage',
      `${called('forkSession')}: there is no conversation to fork; add resume or continue`,
    );
}

function hint(name: string): string {
  const near = nearest(name, [...EXPECTED.keys()]);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
