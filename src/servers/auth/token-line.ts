import * as z from 'zod';
import { parsedJson } from '../../parsed-json.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { quotasSchema, scopeSchema, subjectSchema } from './identity.ts';

/** A static token, as a line of the tokens file has it: what it hashes to, never the token. */
export type TokenLine = Readonly<z.output<typeof tokenLineSchema>>;

const timeSchema = z.iso.datetime({ offset: true });

const tokenLineSchema = z.strictObject({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  subject: subjectSchema,
  scopes: z.array(scopeSchema).readonly(),
  /** What it may use, in place of what others may. */
  quotas: quotasSchema.optional(),
  /** Null: never. */
  expires: timeSchema.nullable(),
  created: timeSchema,
});

/**
 * Reads one line.
 * @throws Error that says what is wrong and quotes nothing
 */
export function parseTokenLine(line: string): TokenLine {
  const { data, error } = tokenLineSchema.safeParse(parsedJson(line));
  if (data !== undefined) return data;
  const [field] = error.issues[0]?.path ?? [];
  throw new Error(
    field === undefined ? 'it is no token of "sluice token"' : `its "${String(field)}" is missing or wrong`,
  );
}

/** One line, without its end. */
export function formatTokenLine(line: TokenLine): string {
  return escapeJson(line);
}
