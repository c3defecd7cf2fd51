import { MARKS } from './marks.ts';
import type { Ink } from './theme.ts';

/** How much a notice matters. */
export type Tone = 'minor' | 'note' | 'good' | 'retry' | 'warning' | 'bad';

/** One line about the run itself. */
export interface Notice {
  readonly tone: Tone;
  readonly text: string;
}

/** The sign and the colours of a tone: of the sign, and of the text. */
export const TONES: Readonly<Record<Tone, { readonly mark: string; readonly ink: Ink; readonly textInk: Ink }>> = {
  minor: { mark: MARKS.minor, ink: 'dim', textInk: 'dim' },
  note: { mark: MARKS.note, ink: 'accent', textInk: 'plain' },
  good: { mark: MARKS.good, ink: 'good', textInk: 'plain' },
  retry: { mark: MARKS.retry, ink: 'warning', textInk: 'warning' },
  warning: { mark: MARKS.warning, ink: 'warning', textInk: 'warning' },
  bad: { mark: MARKS.bad, ink: 'bad', textInk: 'bad' },
};

/** Whether a notice may break into a text that is still being written. */
export function isUrgent(tone: Tone): boolean {
  return tone === 'retry' || tone === 'warning' || tone === 'bad';
}
