import { SluiceError } from '../errors.ts';

/** What a value of a program has to be; JavaScript and casts let anything pass. */
export interface Expected {
  /** In words that follow "expected". */
  readonly expected: string;
  is(value: unknown): boolean;
}

/**
 * Makes sure that a value is what its type says.
 * @param option what it is called, for errors
 * @throws SluiceError `usage` that says what was expected, and never shows a text that was given
 */
export function expectValue(option: string, { expected, is }: Expected, value: unknown): void {
  if (is(value)) return;
  throw new SluiceError('usage', (name) => `${name(option)}: expected ${expected}, got ${described(value)}`);
}

function described(value: unknown): string {
  if (value === null || typeof value === 'undefined' || typeof value === 'boolean' || typeof value === 'number') {
    return String(value);
  }
  if (typeof value === 'string') return 'a text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
