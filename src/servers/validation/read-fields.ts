import type * as z from 'zod';
import { lenientFields } from './lenient-fields.ts';
import { nearest } from '../../nearest.ts';
import { Refusal } from '../refusal.ts';
import { shorten } from '../../shorten.ts';

/** What is wrong with one field. */
export interface FieldIssue {
  /** As in `allowedTools[2]`; empty for the request itself. */
  readonly path: string;
  /** What was expected, without what was given. */
  readonly message: string;
}

/** How many issues are told, and how long a name that the caller made up may be in them, in UTF-16 units. */
const MAX_ISSUES = 10;
const MAX_ECHO = 60;

/**
 * The fields of a request as it came, checked against their schema, which is taken leniently where that is unambiguous.
 * @throws Refusal `validation_error`, which names each field and what was expected of it
 */
export function readFields<Fields extends z.core.$ZodShape>(
  schema: z.ZodObject<Fields>,
  request: unknown,
): z.output<z.ZodObject<Fields>> {
  const read = schema.safeParse(lenientFields(schema, request));
  if (read.success) return read.data;
  const known = Object.keys(schema.shape);
  const issues = read.error.issues.flatMap((issue) => fieldIssues(issue, known));
  const told = issues.slice(0, MAX_ISSUES);
  const more = issues.length > told.length ? `; and ${issues.length - told.length} more` : '';
  throw new Refusal('validation_error', `${told.map(describe).join('; ')}${more}`, { issues: told });
}

function describe({ path, message }: FieldIssue): string {
  return `${path === '' ? 'the request' : path}: ${message}`;
}

function fieldIssues(issue: z.core.$ZodIssue, known: readonly string[]): FieldIssue[] {
  const path = pathOf(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: expectationOf(issue) }];
  return issue.keys.map((key) => {
    const meant = nearest(clip(key), known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return { path: clip(key), message: `is not known${hint}; known are ${known.join(', ')}` };
  });
}

/** The schema's own words without their preamble and signs; they hold no value that was given. */
function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_format') {
    // As a schema has it: without slashes and flags.
    const pattern = issue.pattern?.replace(/^\/(.*)\/\w*$/s, '$1');
    return issue.format === 'regex' ? `expected a text that matches ${pattern}` : `expected a ${issue.format}`;
  }
  return issue.message
    .replace(/^[A-Z][a-z ]+: /, '')
    .replace('received undefined', 'but it is missing')
    .replace('>=1 characters', 'at least one character')
    .replace('>=', 'at least ')
    .replace('<=', 'at most ');
}

function pathOf(path: readonly PropertyKey[]): string {
  return clip(
    path.reduce<string>((before, key) => {
      if (typeof key === 'number') return `${before}[${key}]`;
      return before === '' ? String(key) : `${before}.${String(key)}`;
    }, ''),
  );
}

function clip(text: string): string {
  return shorten(text, MAX_ECHO);
}
