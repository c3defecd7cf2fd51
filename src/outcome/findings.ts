import { type Flaw, flawIn, type Shape } from './flaw-in.ts';

/** How grave a finding is, the gravest first. */
export const LEVELS = ['error', 'warning', 'notice'] as const;
export type Level = (typeof LEVELS)[number];

/** One thing that was found. */
export interface Finding {
  readonly level: Level;
  readonly message: string;
  readonly title?: string;
  readonly rule?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** An answer that is a list of findings; it may say more. */
export interface Findings {
  readonly summary?: string;
  readonly findings: readonly Finding[];
}

const POSITION = { type: 'integer', minimum: 1 } as const satisfies Shape;

/**
 * The JSON Schema of findings, in draft-07: what the model is asked for, what its answer is read by, and what is published.
 * Whatever else an answer has does no harm, so that a schema of one's own may have more than this one.
 */
export const FINDINGS_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Findings',
  description: 'What was found: an entry for each thing, none where there is nothing to report.',
  type: 'object',
  required: ['findings'],
  properties: {
    summary: { type: 'string', description: 'what was looked at and what came of it, in a sentence or two' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['level', 'message'],
        properties: {
          level: {
            type: 'string',
            enum: LEVELS,
            description: 'error: it has to be changed; warning: it is risky; notice: good to know',
          },
          message: { type: 'string', minLength: 1, description: 'what is wrong, and what to do about it; plain text' },
          title: { type: 'string', description: 'the same in a few words' },
          rule: { type: 'string', description: 'a short name for its kind, as sql-injection' },
          file: { type: 'string', description: 'path of the file, from the working directory' },
          line: { ...POSITION, description: 'its first line, counted from 1; only with file' },
          endLine: { ...POSITION, description: 'its last line, where it has more than one' },
          column: { ...POSITION, description: 'where it begins in the line, counted from 1' },
          endColumn: { ...POSITION, description: 'where it ends in that line' },
        },
      },
    },
  },
} as const satisfies Shape;

/** Whether an answer is a list of findings. */
export function areFindings(answer: unknown): answer is Findings {
  return flawOf(answer) === null;
}

/** Where an answer is no list of findings, and why; null where it is one. */
export function flawOf(answer: unknown): Flaw | null {
  return flawIn(FINDINGS_SCHEMA, answer);
}

/** The same in words. */
export function describeFlaw({ place, expected }: Flaw): string {
  return `the answer is no list of findings: ${place === '' ? '' : `${place}: `}expected ${expected}`;
}

/** How many there are of each level. */
export function countLevels(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { level } of findings) counts[level]++;
  return counts;
}

/** `2 errors, 1 warning`; `nothing` where there are none. */
export function describeCounts(counts: Readonly<Record<Level, number>>): string {
  const told = LEVELS.filter((level) => counts[level] > 0).map(
    (level) => `${counts[level]} ${level}${counts[level] === 1 ? '' : 's'}`,
  );
  return told.length === 0 ? 'nothing' : told.join(', ');
}
