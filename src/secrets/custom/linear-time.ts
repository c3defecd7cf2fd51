import { SluiceError } from '../../errors.ts';

/** A regular expression and what it is called in errors. */
export interface NamedExpression {
  readonly name: string;
  readonly pattern: string;
}

/** How often an expression may go back over text it has seen, and how much work showing that may take. */
const MAX_SCORE = 200;
const MAX_STEPS = 3_000;

/**
 * Makes sure that matching takes time in proportion to the text, whatever the text. It errs on the safe side: bounded
 * repetitions pass as long as they are short.
 * @throws SluiceError `usage` that names the first expression that may take longer, and what to do about it
 */
export async function refuseSuperLinear(expressions: readonly NamedExpression[]): Promise<void> {
  if (expressions.length === 0) return;
  // Loaded only for those who bring patterns of their own.
  const { isSafePattern } = await import('redos-detector');
  for (const { name, pattern } of expressions) {
    const { safe } = isSafePattern(pattern, { maxScore: MAX_SCORE, maxSteps: MAX_STEPS, timeout: Infinity });
    if (safe) continue;
    throw new SluiceError(
      'usage',
      `${name} could take far longer than its text is long: ${pattern}; begin it with fixed characters and bound its repetitions, as in corp_[a-z0-9]{32}`,
    );
  }
}
