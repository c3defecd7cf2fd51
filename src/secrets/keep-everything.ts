import type { Redactor } from './redactor.ts';

/** A redactor that lets everything through, for those who ask for it. */
export function keepEverything(): Redactor {
  return {
    redact: (text) => ({ text, findings: [] }),
    addValues() {},
    openFrom: (text) => text.length,
    totals: { total: 0, byKind: {} },
  };
}
