import { oneLine } from '../../sinks/safe-text.ts';

/** Longer values are not repeated: cut short, one could be half a secret, which nothing recognises any more. */
const LONGEST = 60;

/** A value of a request, as a refusal repeats it. */
export function quoted(value: string): string {
  return value.length > LONGEST ? `the value of ${value.length} characters` : `"${oneLine(value)}"`;
}

/** What is allowed instead, as a refusal names it. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map(oneLine).join(', ');
}
