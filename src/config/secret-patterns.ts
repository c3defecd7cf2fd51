import { SluiceError } from '../errors.ts';
import { compileExpression, compilePatterns, type SecretPattern } from '../secrets/custom/user-patterns.ts';
import { parseLines } from './values.ts';

/**
 * Patterns for secrets of one's own, each written `KIND=REGEX`, one a line in a text.
 * @throws SluiceError `usage` when a kind or a regular expression is not acceptable
 */
export function parseSecretPatterns(value: unknown): SecretPattern[] {
  const patterns = parseLines(value).map((text) => {
    const sign = text.indexOf('=');
    // Whatever stands there may be a secret itself.
    if (sign < 1) throw new SluiceError('usage', 'a pattern is written KIND=REGEX, such as acme-key=ACME-[0-9]{12}');
    return { kind: text.slice(0, sign).trim(), pattern: text.slice(sign + 1) };
  });
  compilePatterns(patterns);
  return patterns;
}

/** A pattern as it can be typed again. */
export function formatSecretPattern({ kind, pattern }: SecretPattern): string {
  return `${kind}=${pattern}`;
}

/**
 * Regular expressions for what is no secret, one a line in a text.
 * @throws SluiceError `usage` when one is not acceptable
 */
export function parseAllowedPatterns(value: unknown): string[] {
  const patterns = parseLines(value);
  for (const pattern of patterns) compileExpression('the pattern', pattern);
  return patterns;
}
