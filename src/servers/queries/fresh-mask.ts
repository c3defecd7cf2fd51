import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { type Mask, maskOf } from '../../secrets/mask.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import type { Policy } from '../policy.ts';

/**
 * Makes what masks the secrets of one query and of the server, even where an operator lets those of runs through. A new
 * one each time: the numbers of its masks tell one caller nothing of another's secrets.
 */
export function freshMasks(
  { request, redactor: own }: Pick<Policy, 'request' | 'redactor'>,
  env: Readonly<Record<string, string | undefined>>,
): () => Mask {
  return () => {
    const redactor = createRedactor({ env, ...own });
    redactor.addValues(inlineSecrets(request), 'configured');
    return maskOf(redactor);
  };
}
