import { neutralise } from '../safe-text.ts';
import { shorten } from '../../shorten.ts';

/** On one line, and not much longer than could be shown: a tool's input may be megabytes. */
export function flatten(text: string, most: number): string {
  const safe = neutralise(shorten(text, most));
  const line = safe.includes('\n') ? safe.replace(/\s*\n\s*$/, '').replaceAll(/\s*\n\s*/g, ' ↵ ') : safe;
  return line.replaceAll('\t', '  ');
}
