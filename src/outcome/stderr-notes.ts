import { stripVTControlCharacters } from 'node:util';
import { shorten } from '../shorten.ts';
import { numbered } from './words.ts';

/** How many different notes are told, and how many characters of each. */
const MAX_NOTES = 8;
const MAX_LENGTH = 300;

/**
 * What claude said on stderr of a run that it went on with, such as a flag or a rule that it ignores: one line each, once
 * each, without what is known to say nothing. Indented lines belong to the one above.
 */
export function stderrNotes(stderr: string): string[] {
  const whole: string[] = [];
  for (const line of stripVTControlCharacters(stderr).split(/[\r\n]+/)) {
    if (!/\S/.test(line) || STACK_FRAME.test(line)) continue;
    const above = /^\s/.test(line) ? whole.pop() : undefined;
    whole.push(above === undefined ? line.trim() : `${above} ${line.trim()}`);
  }
  const telling = whole.filter((line) => !NOISE.some(([words]) => words.test(line)));
  const notes = [...new Set(telling.map(noteOf))];
  if (notes.length <= MAX_NOTES) return notes;
  return [...notes.slice(0, MAX_NOTES), `and ${numbered(notes.length - MAX_NOTES, 'line')} more on its stderr`];
}

const STACK_FRAME = /^\s+at\s/;

/** Lines that come in good runs and tell a user nothing, with where they were met. */
const NOISE: readonly (readonly [words: RegExp, from: string])[] = [
  [/^\d{4}-\d\d-\d\dT[\d:.]+Z \[[A-Z]+\] /, 'the debug log of --debug-to-stderr, 2.1.197'],
  [/^\[(?:Anthropic SDK |SDK )?(?:DEBUG|INFO)\]|^SDKStartup: |^SDK debug logs: /, 'debug logs of the SDK, 2.1.197'],
  [/^\[claude-code:\w+\] \{/, 'signals to hosts, such as a model that is in no list of its own, 2.1.329'],
  [/^(?:Could not parse message into JSON|From chunk): /, 'a damaged reply, which is asked for again, 2.1.197'],
  [/^\(node:\d+\) \S*(?:Experimental|Deprecation)Warning: |^\(node:\d+\) \[DEP\d+\]|^\(Use `\w+ --trace-/, 'Node'],
  [/^Debugger |^For help, see: https:\/\/nodejs\.org\/|^warn: CPU lacks /, 'Node; Bun'],
];

function noteOf(text: string): string {
  return shorten(text.replace(/^Warning: /, '').replaceAll(/\s+/g, ' '), MAX_LENGTH);
}
