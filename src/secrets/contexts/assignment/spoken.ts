import { BLANK, WHITESPACE } from '../../scan/alphabets.ts';
import { COLON } from '../../scan/codes.ts';
import { foldCase, type Reader } from '../../scan/reader.ts';

const MAX_OWNER = 48;
const MAX_BLANKS = 16;
/** What leads to a value in a sentence, in a few languages. */
const VERBS = ['is ', 'is: ', 'to ', 'lautet ', 'lautet: ', 'ist ', 'est ', 'es ', 'è '];
/** What mentions somebody first: `for the user "jo" is value`. */
const DETOURS: readonly (readonly [lead: string, end: string])[] = [
  ['for ', ' is '],
  ['of ', ' is '],
  ['in ', ' is '],
  ['from ', ' to '],
  ['is generated for ', ': '],
  ['issued', ': '],
  ['created', ': '],
  ['generated', ': '],
];

const FIRST_LETTERS = new Set([...VERBS, ...DETOURS.map(([lead]) => lead)].map((words) => words.charCodeAt(0)));

/** Past blanks, and past a colon among them: `is : value`. */
function behindColon(reader: Reader, from: number): number {
  const start = reader.skip(BLANK, from, from + MAX_BLANKS);
  return reader.at(start) === COLON ? reader.skip(BLANK, start + 1, start + 1 + MAX_BLANKS) : start;
}

/** Where the value begins in `is value`, `to value`, `for the user "jo" is value`, or undefined. */
export function spokenValue(reader: Reader, from: number): number | undefined {
  if (!FIRST_LETTERS.has(foldCase(reader.at(from)))) return undefined;
  for (const [lead, end] of DETOURS) {
    if (!reader.sees(lead, from)) continue;
    const owner = from + lead.length;
    const at = reader.seek({ words: end, from: owner - 1, limit: owner + MAX_OWNER });
    return at < 0 ? undefined : behindColon(reader, at + end.length);
  }
  for (let index = VERBS.length - 1; index >= 0; index -= 1) {
    const verb = VERBS[index] ?? '';
    if (verb === 'is: ' && reader.sees('is:\n', from)) return reader.skip(WHITESPACE, from + 3, from + 3 + MAX_BLANKS);
    if (reader.sees(verb, from)) return behindColon(reader, from + verb.length);
  }
  return undefined;
}
