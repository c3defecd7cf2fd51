import { refuseSuperLinear } from '../secrets/custom/linear-time.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Host } from './host.ts';

/**
 * The redactor that a run asks for.
 * @throws SluiceError `usage` for a value, a pattern or a kind that is not acceptable
 */
export async function redactorOf(
  { noRedact }: Asked,
  host: Declared,
  env: NonNullable<Host['env']>,
): Promise<Redactor> {
  if (noRedact === true) return (await import('../secrets/keep-everything.ts')).keepEverything();
  const { createRedactor } = await import('./later.ts');
  const redactor = createRedactor({ env, ...host.redactor });
  const { patterns = [], allow = {} } = host.redactor ?? {};
  await refuseSuperLinear([
    ...patterns.map(({ kind, pattern }) => ({ name: `the secret pattern "${kind}"`, pattern })),
    ...(allow.patterns ?? []).map((pattern) => ({ name: 'an allowed secret', pattern })),
  ]);
  return redactor;
}

type Asked = Pick<RunRequest, 'noRedact'>;
type Declared = Pick<Host, 'redactor'>;

/** Whether there is something in it that can be wrong. */
export function declaresSomething({ noRedact }: Asked, { redactor = {} }: Declared): boolean {
  if (noRedact === true) return true;
  const { values, secretEnv, patterns, allow = {} } = redactor;
  return [values, secretEnv, patterns, ...Object.values(allow)].some((list) => (list?.length ?? 0) > 0);
}
