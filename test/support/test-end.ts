import { AsyncLocalStorage } from 'node:async_hooks';
import { onTestFinished } from 'vitest';

type Register = (action: () => Promise<void>) => void;

const current = new AsyncLocalStorage<Register>();

/** Does something when the test is over, in reverse order. In a concurrent test, only within {@link inTest}. */
export function atTestEnd(action: () => unknown): void {
  const register = current.getStore() ?? onTestFinished;
  register(async () => void (await action()));
}

/** Runs the body of a concurrent test, which vitest can't tell from the others by itself. */
export function inTest<Result>(context: { readonly onTestFinished: Register }, body: () => Result): Result {
  return current.run(context.onTestFinished, body);
}
