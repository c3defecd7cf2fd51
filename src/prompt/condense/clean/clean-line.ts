import { signalIn } from '../spend/graveness.ts';

/** The longest that a line stays, in characters. */
const LONGEST_LINE = 2000;

/** What is kept of a longer one: its beginning, what is around a sign of failure, its end. */
const BEGINNING = 1200;
const AROUND = 200;
const END = 300;

/** Control characters but tabs, and halves of characters: of text that is none, or of a terminal. */
const ALL_CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff\ufeff]|\p{Cs}/gu;
/** Where there may be one, told without looking at whole characters, which takes twice as long. */
const MAY_HAVE_CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff\ufeff]/;
/** Colours, moves of the cursor, titles and links, as terminals take them. */
const ESCAPES =
  /\u001b(?:\[[\d;:?<=>!]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[PX^_][^\u001b]{0,2000}\u001b\\|[ -/]*[0-~])|\u009b[\d;:?]*[@-~]/g;
/** Base64, hexadecimals and the like, for which a model has no use. */
const SHORTEST_BLOB = 240;
const BLOB = new RegExp(`[A-Za-z0-9+/_=-]{${SHORTEST_BLOB},}`, 'g');

/**
 * A line as a person would have seen it: without colours, with blobs and the middle of endless lines told by their size.
 * @param isPrintable whether it is known to hold no control characters
 */
export function cleanLine(line: string, isPrintable = false): string {
  let text = line;
  if (!isPrintable && MAY_HAVE_CONTROLS.test(text)) {
    text = lastDrawn(text.replaceAll(ESCAPES, '')).replaceAll(ALL_CONTROLS, (unit) => (isHalf(unit) ? '\ufffd' : ''));
  }
  if (text.length >= SHORTEST_BLOB)
    text = text.replaceAll(BLOB, (blob) => `[${blob.length} characters without a blank]`);
  return text.length > LONGEST_LINE ? elideMiddle(text) : text;
}

/** A progress bar is drawn again and again after a carriage return: what stayed on the screen counts. */
function lastDrawn(text: string): string {
  if (!text.includes('\r')) return text;
  return text.split('\r').findLast((part) => part.trim() !== '') ?? '';
}

function isHalf(unit: string): boolean {
  return unit >= '\ud800' && unit <= '\udfff';
}

function elideMiddle(text: string): string {
  const last = text.length - END;
  const sign = signalIn(text.slice(BEGINNING, last));
  if (sign === -1) return `${text.slice(0, BEGINNING)}${elided(last - BEGINNING)}${text.slice(last)}`;
  const from = Math.max(BEGINNING, BEGINNING + sign - AROUND);
  const to = Math.min(last, BEGINNING + sign + AROUND);
  const [before, after] = [from - BEGINNING, last - to];
  return [
    text.slice(0, BEGINNING),
    before > 0 ? elided(before) : '',
    text.slice(from, to),
    after > 0 ? elided(after) : '',
    text.slice(last),
  ].join('');
}

/** In place of what was left out of a line. */
export function elided(characters: number): string {
  return ` […${characters} characters…] `;
}
