import { BLANK, WHITESPACE } from '../../scan/alphabets.ts';
import { NEWLINE } from '../../scan/codes.ts';
import { foldCase, type Reader } from '../../scan/reader.ts';

const MAX_OWNER = 48;
const MAX_BLANKS = 16;
/** What leads to a value in a sentence, in a few languages. */
const VERBS = ['is ', 'is: ', 'is : ', 'to ', 'lautet ', 'lautet: ', 'ist '];
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

/** Where the value begins in `is value`, `to value`, `for the user "jo" is value`, or undefined. */
export function spokenValue(reader: Reader, from: number): number | undefined {
  if (!FIRST_LETTERS.has(foldCase(reader.at(from)))) return undefined;
  for (const [lead, end] of DETOURS) {
    if (!reader.sees(lead, from)) continue;
    const last = from + lead.length + MAX_OWNER;
    for (let index = from + lead.length - 1; index < last; index += 1) {
      const code = reader.at(index);
      if (code === NEWLINE || code === -1) return undefined;
      if (code === end.charCodeAt(0) && reader.sees(end, index))
        return reader.skip(BLANK, index + end.length, index + end.length + MAX_BLANKS);
    }
    return undefined;
  }
  for (let index = VERBS.length - 1; index >= 0; index -= 1) {
    const verb = VERBS[index] ?? '';
    if (verb === 'is: ' && reader.sees('is:\n', from)) return reader.skip(WHITESPACE, from + 3, from + 3 + MAX_BLANKS);
    if (reader.sees(verb, from)) return reader.skip(BLANK, from + verb.length, from + verb.length + MAX_BLANKS);
  }
  return undefined;
}
