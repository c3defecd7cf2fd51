import { neutralise } from '../safe-text.ts';
import { widthOf } from './clip.ts';

/** Joins facts with dots, as many a line as fit. A fact that is too wide has a line of its own. They are made safe. */
export function foldFacts(facts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const fact of facts.map((text) => neutralise(text).replaceAll(/\s+/g, ' '))) {
    const longer = line === '' ? fact : `${line} · ${fact}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = fact;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
