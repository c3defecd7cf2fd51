import { SHORTEST_HEX } from './skeleton.ts';

/** What stands in a template for what changes. */
export const WILD = '<*>';

/** So many words of a message are looked at; what follows is left to the first ones to tell. */
const MOST_WORDS = 160;

/**
 * The words of a message, with what changes from line to line masked: numbers, moments, addresses, paths, hexadecimals
 * and ids. One set of masks for all logs.
 */
export function maskedWords(message: string): string[] {
  const words: string[] = [];
  for (const word of message.split(/\s+/)) {
    if (word !== '') addWord(words, maskWord(word));
    if (words.length >= MOST_WORDS) break;
  }
  return words;
}

function addWord(words: string[], word: string): void {
  const last = words.at(-1);
  // How long a list of numbers or ids is says nothing.
  if (last === word && word.includes(WILD)) return;
  if (last?.endsWith(WILD) === true && UNIT.test(word)) {
    words[words.length - 1] = last + word.replace(UNIT, '');
    dropRepeated(words);
    return;
  }
  // A date in words is one thing that changes.
  if (word === WILD && last !== undefined && CALENDAR.test(last)) {
    while (CALENDAR.test(words.at(-1) ?? '')) words.pop();
    addWord(words, WILD);
    return;
  }
  words.push(word);
}

/** Drops a quantity in brackets that says the one before it again, in another unit: `18846 bytes (18.4 KB)`. */
function dropRepeated(words: string[]): void {
  const after = REPEATED.exec(words.at(-1) ?? '')?.[1];
  if (after === undefined || words.at(-2)?.endsWith(WILD) !== true) return;
  words.pop();
  words[words.length - 1] += after;
}

const REPEATED = /^\(<\*>\)([,;:.]*)$/;

/** What follows a number and belongs to it. */
const UNIT = /^(?:ns|us|µs|ms|s|secs?|seconds?|minutes?|mins?|hours?|days?|[kKMGT]i?B|B|bytes|%)(?=[,;:.)\]]*$)/;

const CALENDAR = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec),?$/;

/** Only words with one of these can hold something to be masked. */
const SUSPECT = /[\d/\\@]|\.\w+[.:]/;

const URL = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>,;)\]}]+/gi;
const ABSOLUTE_PATH = /(?<![A-Za-z0-9_])(?:[A-Za-z]:)?[\\/][\w.$~%+@:=*#!&?-]+(?:[\\/][\w.$~%+@:=*#!&?-]*)*/g;
const RELATIVE_PATH =
  /[\w.$~%+-]+(?:(?:[\\/][\w.$~%+-]+){2,}|[\\/][\w$~%+-]+(?:\.[\w$~%+-]+)*\.[A-Za-z]{1,5}(?![\w.]))/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HOST = /(?:[\w-]+\.)+(?:com|net|org|edu|gov|io|de|cn|jp|uk|ru|fr|br|info|biz|local)(?![\w.])/g;
/** A name of a package, which begins as a host ends. */
const REVERSED = /^(?:com|org|net)\./;
const ATOM = /[A-Za-z0-9_]*\d[A-Za-z0-9_]*/g;
/** A name with dots, part of which changes. */
const DOTTED = /[\w.-]*(?:<\*>[\w.-]*)+/g;
const SIGN = /(?<![A-Za-z0-9>*])[-+~<>]+(?=<\*>)/g;
/** A host and its port. */
const ADDRESS = /[\w-]+(?:\.[\w-]+){2,}:<\*>/g;
const JOINED = /<\*>(?:[.:,/\\x+@#|_-]*<\*>)+/g;

function maskWord(word: string): string {
  if (!SUSPECT.test(word)) return word;
  return word
    .replace(URL, WILD)
    .replace(ABSOLUTE_PATH, WILD)
    .replace(RELATIVE_PATH, WILD)
    .replace(UUID, WILD)
    .replace(MAIL, WILD)
    .replace(HOST, (host) => (REVERSED.test(host) ? host : WILD))
    .replace(ATOM, maskAtom)
    .replace(DOTTED, (run) => (run.includes('.') ? WILD : run))
    .replace(ADDRESS, WILD)
    .replace(SIGN, '')
    .replace(JOINED, WILD);
}

function maskAtom(atom: string): string {
  if (/^\d/.test(atom)) return WILD;
  return atom.length >= SHORTEST_HEX && /^[0-9a-fA-F]+$/.test(atom) ? WILD : atom.replaceAll(/\d+/g, WILD);
}
