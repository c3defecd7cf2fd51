import { BLANK, WHITESPACE } from '../../scan/alphabets.ts';
import { COLON } from '../../scan/codes.ts';
import { foldCase, type Reader } from '../../scan/reader.ts';

const MAX_OWNER = 48;
const MAX_BLANKS = 16;
/** What leads to a value in a sentence, in a few languages. */
const VERBS = ['is ', 'is: ', 'was ', 'to ', 'lautet ', 'lautet: ', 'ist ', 'est ', 'es ', 'è '];
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

/** A syllable of Korean, and those that mark of what something is said: `비번은 value`. */
const SYLLABLES = { first: 0xac00, last: 0xd7a3 };
const MARKERS = new Set(Array.from('은는이가', (marker) => marker.charCodeAt(0)));
const MAX_SYLLABLES = 4;

/** Where the value begins behind a name that Korean goes on, or undefined. */
export function valueAfterMarker(reader: Reader, nameEnd: number): number | undefined {
  let end = nameEnd;
  while (end - nameEnd <= MAX_SYLLABLES && reader.at(end) >= SYLLABLES.first && reader.at(end) <= SYLLABLES.last)
    end += 1;
  const isMarked = end > nameEnd && end - nameEnd <= MAX_SYLLABLES && MARKERS.has(reader.at(end - 1));
  return isMarked ? reader.skip(BLANK, end, end + 1) : undefined;
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
