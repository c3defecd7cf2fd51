import type { EntryOf } from './entry.ts';
import { foldFacts } from './fold-facts.ts';
import { countOf } from './format.ts';
import { headlineOf, type LinesEntry } from './headline.ts';
import { type StyledLine, renderLine, wrapLine } from './spans.ts';
import { type Ink, MARKS, type Paint } from './theme.ts';
import { hang, wrapWords } from './wrap.ts';

/** The lines of an entry: what it says to people is wrapped, what tools are given and return is clipped. */
export function entryLines(entry: LinesEntry, named: boolean, columns: number, paint: Paint): readonly string[] {
  switch (entry.kind) {
    case 'call':
      return [renderLine(headlineOf(entry, named), columns, paint)];
    case 'result':
      return [headlineOf(entry, named), ...moreOf(entry)].map((line) => renderLine(line, columns, paint));
    case 'notice':
      return wrapLine(headlineOf(entry, named), columns, paint);
    case 'facts':
      return hang(
        foldFacts(entry.facts, columns - 2)
          .flatMap((line) => wrapWords(line, columns - 2))
          .map((line) => paint('dim', line)),
        paint('dim', `${MARKS.minor} `),
        '  ',
      );
    default:
      return entry satisfies never;
  }
}

/** What stands below the headline of a result. */
function moreOf({ failed, output, edit }: EntryOf<'result'>): readonly StyledLine[] {
  const lines = edit?.lines ?? output.lines.slice(1);
  const { more } = edit ?? output;
  return [
    ...lines.map((line): StyledLine => [[edit === null ? (failed ? 'bad' : 'dim') : inkInEdit(line), `    ${line}`]]),
    ...(more === 0 ? [] : [[['dim', `    … ${countOf(more, 'more line')}`]] satisfies StyledLine]),
  ];
}

function inkInEdit(line: string): Ink {
  if (line.startsWith('+')) return 'good';
  return line.startsWith('-') ? 'bad' : 'dim';
}
