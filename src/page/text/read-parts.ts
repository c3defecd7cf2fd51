import type { MarkedToken, Token } from 'marked';
import { isOwnToken, readMarkdown } from '../../sinks/pretty/markdown/read-markdown.ts';

/** A part of a text: Markdown that was read, or what is shown as it is. */
export type Part = { readonly tokens: readonly MarkedToken[] } | { readonly text: string };

/** What of a part is read in a few milliseconds: marked takes quadratic time for marks and lines, and nests as deep as it is told. */
const MOST = { units: 12_000, marks: 400, lines: 150 } as const;
const NESTED_DEEP = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){9}/m;

/** Reads the parts of a text, one by one, so that what cannot be read in time leaves the others as they are. */
export function readParts(text: string): Part[] {
  return split(text).map((part) => {
    if (!isReadable(part)) return { text: part };
    try {
      return { tokens: ownTokens(readMarkdown(part)) };
    } catch {
      return { text: part };
    }
  });
}

export function ownTokens(tokens: readonly Token[] = []): MarkedToken[] {
  return tokens.filter(isOwnToken);
}

function isReadable(part: string): boolean {
  if (NESTED_DEEP.test(part)) return false;
  if (/^(?:```|~~~)/.test(part)) return true;
  const marks = part.match(/[[\]*_~`<!&(|\\]/g)?.length ?? 0;
  const lines = part.match(/\n/g)?.length ?? 0;
  return part.length <= MOST.units && marks <= MOST.marks && lines <= MOST.lines;
}

/** How a line of a list begins. */
const LIST = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** A fence that is open. */
interface Fence {
  readonly mark: string;
  /** Whether it stands outside of any list. */
  readonly isApart: boolean;
}

/** Splits at empty lines, but neither within a fence nor within a list. Fenced code outside of a list is a part by itself. */
function split(text: string): string[] {
  const parts: string[] = [];
  let lines: string[] = [];
  let fence: Fence | null = null;
  let isEmpty = false;
  const flush = (): void => {
    if (lines.some((line) => line.trim() !== '')) parts.push(lines.join('\n'));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const [, indent = '', mark = null] = /^(\s*)(`{3,}|~{3,})/.exec(line) ?? [];
    const begins: Fence | null = fence === null && mark !== null ? { mark, isApart: indent === '' } : null;
    const goesOn = LIST.test(lines[0] ?? '') && (LIST.test(line) || /^\s/.test(line));
    if (begins?.isApart === true || (fence === null && isEmpty && !goesOn)) flush();
    lines.push(line);
    isEmpty = line.trim() === '';
    if (fence !== null && mark?.startsWith(fence.mark) === true) {
      if (fence.isApart) flush();
      fence = null;
    } else fence ??= begins;
  }
  flush();
  return parts;
}
