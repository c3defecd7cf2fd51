import type { Redactor } from './redactor.ts';

/** A redactor that lets everything through, for those who ask for it. */
export function keepEverything(): Redactor {
  return {
    redact: (text) => ({ text, findings: [] }),
    redactNamed: (_name, text) => ({ text, findings: [] }),
    redactFinished: (text) => ({ text, findings: [], open: text.length }),
    addValues() {},
    revision: 0,
    totals: { total: 0, byKind: {} },
  };
}
