import { refuseSuperLinear } from '../secrets/custom/linear-time.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { RunOptions } from './options.ts';

/**
 * The redactor that an option asks for.
 * @throws SluiceError `usage` for a value, a pattern or a kind that is not acceptable
 */
export async function redactorOf(redact: RunOptions['redact'], env: NonNullable<RunOptions['env']>): Promise<Redactor> {
  if (redact === false) return (await import('../secrets/keep-everything.ts')).keepEverything();
  const { createRedactor } = await import('../secrets/redactor.ts');
  const redactor = createRedactor({ env, ...redact });
  const { patterns = [], allow = {} } = redact ?? {};
  await refuseSuperLinear([
    ...patterns.map(({ kind, pattern }) => ({ name: `the secret pattern "${kind}"`, pattern })),
    ...(allow.patterns ?? []).map((pattern) => ({ name: 'an allowed secret', pattern })),
  ]);
  return redactor;
}

/** Whether there is something in it that can be wrong. */
export function declaresSomething(redact: RunOptions['redact']): boolean {
  if (redact === undefined || redact === false) return redact === false;
  const { values, secretEnv, patterns, allow = {} } = redact;
  return [values, secretEnv, patterns, ...Object.values(allow)].some((list) => (list?.length ?? 0) > 0);
}
