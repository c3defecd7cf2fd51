import { SluiceError } from '../errors.ts';
import { type Kind, kindOf } from '../request/kinds/kind.ts';
import { lines } from '../request/kinds/lists.ts';
import { compileExpression, compilePatterns, type SecretPattern } from '../secrets/custom/user-patterns.ts';

/** Patterns for secrets of one's own, each written `KIND=REGEX`, one a line in a text. */
export const secretPatterns: Kind<readonly SecretPattern[]> = kindOf<readonly SecretPattern[]>({
  parse: parseSecretPatterns,
  expected: 'a list of objects with a kind and a pattern',
  show: (patterns) => patterns.map(({ kind, pattern }) => `${kind}=${pattern}`),
  schema: {
    type: 'array',
    items: { type: 'object', properties: { kind: { type: 'string' }, pattern: { type: 'string' } } },
  },
});

/** Regular expressions for what is no secret, one a line in a text. */
export const allowedPatterns: Kind<readonly string[]> = {
  ...lines,
  parse(value) {
    const patterns = lines.parse(value);
    for (const pattern of patterns) compileExpression('the pattern', pattern);
    return patterns;
  },
};

function parseSecretPatterns(value: unknown): readonly SecretPattern[] {
  const patterns = lines.parse(value).map((text) => {
    const sign = text.indexOf('=');
    // Whatever stands there may be a secret itself.
    if (sign < 1) throw new SluiceError('usage', 'a pattern is written KIND=REGEX, such as acme-key=ACME-[0-9]{12}');
    return { kind: text.slice(0, sign).trim(), pattern: text.slice(sign + 1) };
  });
  compilePatterns(patterns);
  return patterns;
}
