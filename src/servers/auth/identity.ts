import * as z from 'zod';
import { quotas } from '../../request/kinds/quotas.ts';
import { parseQuota, type Quota } from '../../quotas/quota.ts';

/** Who a token was made for, and what it is good for. */
export interface Identity {
  readonly subject: string;
  /** The program it was issued to, where that is known; else the subject. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970; null: it never expires. */
  readonly expiresAt: number | null;
  /** What it may use, in place of what others may; absent: as others. */
  readonly quotas?: readonly Quota[];
}

/**
 * Looks into one kind of token; null: it is none of that kind.
 * @throws Denial
 */
export type Verify = (token: string) => Promise<Identity | null>;

/** It stands in audits and metrics, so it is short and on one line. */
export const subjectSchema = z
  .string()
  .max(256)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

/** Quotas as they are written: a list, or one text with blanks between them. */
export const quotasSchema = z.union([z.string(), z.array(z.string())]).transform((value, context) => {
  try {
    return quotas.parse(value);
  } catch {
    context.addIssue('quotas that cannot be read');
    return z.NEVER;
  }
});

/** Quotas of an identity; none where a token names none. */
export function quotasOf(texts: readonly string[] | undefined): Pick<Identity, 'quotas'> {
  return texts === undefined ? {} : { quotas: texts.map(parseQuota) };
}

/** As OAuth has it (RFC 6749): no blanks, quotes or backslashes. */
export const scopeSchema = z.string().regex(/^[\u0021\u0023-\u005B\u005D-\u007E]+$/);
