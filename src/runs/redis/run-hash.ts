import * as z from 'zod';
import { OUTCOME_CLASSES } from '../../outcome/classes.ts';
import { reportSchema } from '../../outcome/report-schema.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { KeptRun, RunChange } from '../run-entry.ts';

const count = z.int().nonnegative();
const json = z.record(z.string(), z.unknown());

/** A run as it is stored in Redis, where others may have written anything in its place. */
const runSchema = z.object({
  runId: z.uuid(),
  subject: z.string(),
  asked: json,
  givenOut: z.object({ maxMessages: count.nullable(), maxChars: count.nullable(), noSystemMessages: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  key: z.string().nullable(),
  digest: z.string(),
  sessionId: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  callback: z.enum(['due', 'delivered', 'failed']).nullable(),
  state: z.enum(['queued', 'running', 'finished', 'refused', 'interrupted']),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  ended: z.string().nullable(),
  class: z.enum(OUTCOME_CLASSES).nullable(),
  costUsd: z.number().nullable(),
  turns: count.nullable(),
  tokens: reportSchema.shape.usage.nullable(),
  messages: count,
  sequence: count,
  size: count,
  failure: z.object({ error_code: z.string(), message: z.string(), details: json }).nullable(),
  report: reportSchema.nullable(),
});

/** The fields of a run's hash, each followed by its value as JSON. */
export function fieldsOf(run: KeptRun | RunChange): readonly string[] {
  return Object.entries(run).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [name, JSON.stringify(value)],
  );
}

/** The run in a hash; null where there is none. */
export function runOf(hash: Readonly<Record<string, string>>): KeptRun | null {
  const values = Object.keys(runSchema.shape).map((name) => [name, parsedJson(hash[name] ?? '')]);
  const parsed = runSchema.safeParse(Object.fromEntries(values));
  return parsed.success ? parsed.data : null;
}
