import { clip } from './clip.ts';
import type { Entry, EntryOf } from './entry.ts';
import { formatDuration } from './format.ts';
import { TONES } from './notice.ts';
import type { StyledLine } from './spans.ts';
import { MARKS } from './theme.ts';

/** An entry that is told in lines rather than in flowing text. */
export type LinesEntry = Exclude<Entry, EntryOf<'text'> | EntryOf<'thinking'>>;

/** The first line of an entry, or all of it. `named`: whether a result has to say whose it is, not standing below its call. */
export function headlineOf(entry: LinesEntry, named: boolean): StyledLine {
  switch (entry.kind) {
    case 'call':
      return [
        ['accent', `${MARKS.call} `],
        ['strong', entry.name],
        ['plain', ` ${entry.input}`],
      ];
    case 'result': {
      const { failed, elapsed, edit, output } = entry;
      const [first = ''] = edit === null ? output.lines : [`${edit.added} added, ${edit.removed} removed`];
      return [
        failed ? ['bad', `  ${MARKS.bad} `] : ['good', `  ${MARKS.good} `],
        ...(named ? whose(entry) : []),
        ...(elapsed === null ? [] : ([['dim', `${formatDuration(elapsed)} · `]] satisfies StyledLine)),
        first === '' ? ['dim', 'no output'] : [failed ? 'bad' : 'dim', first],
      ];
    }
    case 'notice': {
      const { mark, ink, textInk } = TONES[entry.tone];
      return [
        [ink, `${mark} `],
        [textInk, entry.text],
      ];
    }
    case 'facts': {
      const { mark, ink, textInk } = TONES.minor;
      return [
        [ink, `${mark} `],
        [textInk, entry.facts.join(' · ')],
      ];
    }
    default:
      return entry satisfies never;
  }
}

/** Several calls of one tool may be under way: the beginning of its input tells them apart. */
function whose({ name, input }: EntryOf<'result'>): StyledLine {
  return [
    ['strong', name],
    ['dim', input === '' ? ' · ' : ` ${clip(input, TELLING_INPUT)} · `],
  ];
}

const TELLING_INPUT = 20;
