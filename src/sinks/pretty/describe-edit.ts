import type { FirstLines } from './first-lines.ts';

/** What an edit changed, as far as it is shown. */
export interface Edit extends FirstLines {
  readonly added: number;
  readonly removed: number;
}

/** Of a large edit the beginning is shown. */
const MOST = 12;

/**
 * What a tool changed in a file: the lines of a diff, with `…` between places that are apart. Null when it told of no
 * change. Source: `structuredPatch` of `tool_use_result` (claude 2.1.197, 2.1.332).
 */
export function describeEdit(result: unknown): Edit | null {
  if (typeof result !== 'object' || result === null || !('structuredPatch' in result)) return null;
  const { structuredPatch: patch } = result;
  if (!Array.isArray(patch)) return null;
  const hunks = patch.map(linesOf).filter((lines) => lines.length > 0);
  const lines = hunks.flatMap((hunk, index) => (index === 0 ? hunk : [' …', ...hunk]));
  if (lines.length === 0) return null;
  const count = (mark: string): number => lines.filter((line) => line.startsWith(mark)).length;
  const shown = lines.length <= MOST + 1 ? lines : lines.slice(0, MOST);
  return { lines: shown, more: lines.length - shown.length, added: count('+'), removed: count('-') };
}

function linesOf(hunk: unknown): readonly string[] {
  if (typeof hunk !== 'object' || hunk === null || !('lines' in hunk) || !Array.isArray(hunk.lines)) return [];
  return hunk.lines.filter((line) => typeof line === 'string');
}
