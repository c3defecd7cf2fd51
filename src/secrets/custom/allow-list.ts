import { SluiceError } from '../../errors.ts';
import { compileExpression } from './user-patterns.ts';

/** What is left alone although it looks like a secret; it wins over everything that says otherwise. */
export interface AllowList {
  /** Kinds as placeholders name them. */
  readonly kinds?: readonly string[];
  /** Secrets that are none, exactly as they stand in the text. */
  readonly values?: readonly string[];
  /** Regular expressions that match the whole of such a secret; what holds for a `SecretPattern` holds for them. */
  readonly patterns?: readonly string[];
}

/** Longer secrets are never matched against a pattern. */
const MAX_MATCHED = 4096;

/**
 * Tells of a secret and its kind whether it is let through.
 * @throws SluiceError `usage` for a kind that there is not, and for a pattern that can't be used
 */
export function createAllowList(
  allow: AllowList,
  isKind: (kind: string) => boolean,
): (secret: string, kind: string) => boolean {
  const unknown = allow.kinds?.find((kind) => !isKind(kind));
  if (unknown !== undefined) throw new SluiceError('usage', `"${unknown}" is no kind of secret`);
  const allowedKinds = new Set(allow.kinds);
  const values = new Set(allow.values);
  const patterns = (allow.patterns ?? []).map((pattern) => {
    compileExpression('an allowed secret', pattern);
    return new RegExp(`^(?:${pattern})$`);
  });
  return (secret, kind) =>
    allowedKinds.has(kind) ||
    values.has(secret) ||
    (secret.length <= MAX_MATCHED && patterns.some((pattern) => pattern.test(secret)));
}
