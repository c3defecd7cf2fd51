import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { asSluiceError } from '../../errors.ts';
import { createRedactor, type Redactor } from '../../secrets/redactor.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';

/** Makes of whatever kept a query from being carried out a refusal that can be shown. */
export type CleanRefusal = (thrown: unknown) => Refusal;

/**
 * Sees to it that each text of a refusal is one line and holds none of the server's secrets, even where an operator lets
 * those of runs through. What is no refusal is a fault of the server.
 */
export function refusalCleaner(
  { request, redactor: own }: Pick<Policy, 'request' | 'redactor'>,
  env: Readonly<Record<string, string | undefined>>,
): CleanRefusal {
  // A new one each time: how it numbers what one caller sends tells another one nothing.
  function freshRedactor(): Redactor {
    const redactor = createRedactor({ env, ...own });
    redactor.addValues(inlineSecrets(request), 'configured');
    return redactor;
  }

  return (thrown) => {
    const { errorCode, message, details } =
      thrown instanceof Refusal ? thrown : new Refusal('server_error', asSluiceError(thrown).message);
    const redactor = freshRedactor();
    const clean = (text: string, key?: string): string =>
      oneLine((key === undefined ? redactor.redact(text) : redactor.redactNamed(key, text)).text);
    return new Refusal(errorCode, clean(message), mapStrings(details, clean));
  };
}
