import type { Redactor } from '../../../../src/secrets/redactor.ts';
import type { Scanner } from './scanner.ts';

/** What is measured. */
export function createSluice(redactor: Redactor): Scanner {
  return { name: 'sluice', mask: async (texts) => texts.map((text) => redactor.redact(text).text) };
}
