import { clip } from './clip.ts';
import { firstLinesOf } from './describe-tool.ts';
import type { Entry, EntryOf } from './entry.ts';
import { countOf, formatDuration } from './format.ts';
import { TONES } from './notice.ts';
import type { Line } from './spans.ts';
import { MARKS } from './theme.ts';

/** An entry that is told in lines rather than in flowing text. */
export type LinesEntry = Exclude<Entry, EntryOf<'text'> | EntryOf<'thinking'>>;

/** The lines of an entry. `named`: whether a result has to say whose it is, not standing right below its call. */
export function entryLines(entry: LinesEntry, named: boolean): readonly Line[] {
  switch (entry.kind) {
    case 'call':
      return [
        [
          ['accent', `${MARKS.call} `],
          ['strong', entry.name],
          ['plain', ` ${entry.input}`],
        ],
      ];
    case 'result':
      return resultLines(entry, named);
    case 'notice': {
      const { mark, ink, textInk } = TONES[entry.tone];
      return [
        [
          [ink, `${mark} `],
          [textInk, entry.text],
        ],
      ];
    }
    default:
      return entry satisfies never;
  }
}

function resultLines(entry: EntryOf<'result'>, named: boolean): readonly Line[] {
  const { failed, elapsed } = entry;
  const { lines, more } = firstLinesOf(entry.output, failed);
  const [first = '', ...rest] = lines;
  const mark: Line = [failed ? ['bad', `  ${MARKS.bad} `] : ['good', `  ${MARKS.good} `]];
  const time: Line = elapsed === null ? [] : [['dim', `${formatDuration(elapsed)} · `]];
  const ink = failed ? 'bad' : 'dim';
  return [
    [...mark, ...(named ? whose(entry) : []), ...time, first === '' ? ['dim', 'no output'] : [ink, first]],
    ...rest.map((line): Line => [[ink, `    ${line}`]]),
    ...(more === 0 ? [] : [[['dim', `    … ${countOf(more, 'more line')}`]] satisfies Line]),
  ];
}

/** Several calls of one tool may be under way: the beginning of its input tells them apart. */
function whose({ name, input }: EntryOf<'result'>): Line {
  return [
    ['strong', name],
    ['dim', input === '' ? ' · ' : ` ${clip(input, TELLING_INPUT)} · `],
  ];
}

const TELLING_INPUT = 20;
