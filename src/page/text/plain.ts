import { neutralise } from '../../sinks/safe-text.ts';

/** Combining marks of one character, at most: more would be drawn over the lines around it. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/** A text of foreign origin as it may stand in the page: what would act on what is around it is shown, or left out. */
export function plain(text: string): string {
  return neutralise(text).replaceAll(STACKED, '$1');
}
