import { neutralise } from '../safe-text.ts';

/** On one line, and not much longer than could be shown: a tool's input may be megabytes. */
export function flatten(text: string, most: number): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  const safe = neutralise(short);
  const line = safe.includes('\n') ? safe.replace(/\s*\n\s*$/, '').replaceAll(/\s*\n\s*/g, ' ↵ ') : safe;
  return line.replaceAll('\t', '  ');
}
