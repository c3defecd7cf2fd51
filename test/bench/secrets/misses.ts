import type { Case } from './case.ts';
import type { ChangedLine } from './changed-lines.ts';

const LONGEST = 400;

/** Cases as a list, each in one line. */
export function listCases(title: string, cases: readonly Case[]): string {
  return list(
    title,
    cases.map(({ kind, shape, text }) => `${kind} (${shape}): ${JSON.stringify(text).slice(0, LONGEST)}`),
  );
}

/** Lines of code as a list. */
export function listLines(title: string, lines: readonly ChangedLine[]): string {
  return list(
    title,
    lines.map(({ place, kind, excerpt }) => `${place} (${kind}): ${JSON.stringify(excerpt)}`),
  );
}

function list(title: string, items: readonly string[]): string {
  return [`## ${title}: ${items.length}`, '', ...items.map((item) => `- ${item}`)].join('\n');
}
