import type { Kind } from './kind.ts';
import { assignments, listOf } from './lists.ts';

/** How many there may be, and how long the text of one, in UTF-16 units. */
const MOST = 20;
const LONGEST = 200;

const EXPECTED = 'NAME=TEXT, with a name of letters, digits, dots, dashes and underscores that begins with a letter';

/** Words that are put on a run, to find it by and to count costs by: `NAME=TEXT` each. */
export const labels: Kind<readonly string[]> = {
  ...listOf((value) => {
    const parsed = assignments.parse(value);
    const odd = parsed.find((one) => !/^[A-Za-z][\w.-]{0,62}=/.test(one));
    if (odd !== undefined) throw new Error(EXPECTED, { cause: odd });
    const long = parsed.find((one) => one.length - one.indexOf('=') > LONGEST);
    if (long !== undefined) throw new Error(`a label of at most ${LONGEST} characters`, { cause: long });
    if (parsed.length > MOST) throw new Error(`a list of at most ${MOST} labels`, { cause: `${parsed.length} labels` });
    return parsed;
  }),
  expected: `a list of ${EXPECTED}`,
};

/** The same by name; the last one of a name counts. */
export function labelsOf(list: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
}
