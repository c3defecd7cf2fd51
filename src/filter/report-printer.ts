import { escapeJson } from '../sinks/safe-text.ts';
import { createLocator } from './locator.ts';
import type { Printer } from './printer.ts';

/**
 * Prints, in place of the text, where secrets stood: one JSON document `{ findings, total, byKind, partial }`, a finding
 * a line. A document that was cut short is whole all the same, and `partial`.
 * @param mask makes the name of a file fit to be seen
 */
export function createReportPrinter(mask: (name: string) => string): Printer {
  const locator = createLocator();
  let isEmpty = true;
  return {
    begin: (file, at) => locator.begin(file === null ? null : mask(file), at),
    print(released) {
      let text = '';
      for (const finding of locator.advance(released)) {
        text += (isEmpty ? '{"findings":[\n' : ',\n') + escapeJson(finding);
        isEmpty = false;
      }
      return Buffer.from(text);
    },
    end({ total, byKind }, partial) {
      const rest = escapeJson({ total, byKind, partial }).slice(1);
      return Buffer.from(isEmpty ? `{"findings":[],${rest}\n` : `\n],${rest}\n`);
    },
  };
}
