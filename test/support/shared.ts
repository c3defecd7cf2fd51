import { afterAll, beforeAll } from 'vitest';
import { inTest } from './test-end.ts';

/**
 * Makes something once for all tests of a file or a `describe`, which must not disturb each other by it. What comes with it
 * goes away after the last of them, and not with a test.
 */
export function shared<Value>(make: () => Value | Promise<Value>): () => Value {
  const made: Value[] = [];
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    made.push(await inTest({ onTestFinished: (ending) => void endings.push(ending) }, make));
  });
  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });
  return () => {
    const [value] = made;
    if (value === undefined) throw new Error('it is there once the tests run');
    return value;
  };
}
