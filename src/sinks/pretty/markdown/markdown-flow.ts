import type { Columns, Flow } from '../flow.ts';
import type { Paint } from '../theme.ts';
import { wrapWords } from '../wrap.ts';
import { blockLines } from './block-lines.ts';
import { type Block, splitBlocks } from './blocks.ts';
import { codeLines, frameBottom, frameTop } from './code-lines.ts';
import { readMarkdown } from './read-markdown.ts';

/**
 * Markdown as people want to see it: rendered, block by block. Text without Markdown in it stays as it is, line breaks
 * too, but for the wrapping.
 * @param codeColumns where lines of code are wrapped; default: where all else is
 */
export function createMarkdownFlow(paint: Paint, columns: Columns, codeColumns: Columns = columns): Flow {
  const blocks = splitBlocks();
  let begun = false;

  function print(block: Block): readonly string[] {
    const lines = linesOf(block, columns(), codeColumns(), paint);
    if (lines.length === 0) return [];
    const gap = begun && (block.apart || isHeading(block)) ? [''] : [];
    begun = true;
    return [...gap, ...lines];
  }

  return {
    push: (text) => blocks.push(text).flatMap(print),
    unfinished(characters) {
      const { text, apart } = blocks.unfinished(characters);
      return { text, apart: begun && (apart || beginsHeading(text)) };
    },
    end() {
      const lines = blocks.end().flatMap(print);
      begun = false;
      return lines;
    },
  };
}

function linesOf(block: Block, columns: number, codeColumns: number, paint: Paint): readonly string[] {
  switch (block.kind) {
    case 'whole':
      return wholeLines(block, columns, paint);
    case 'unparsed':
      return wrapWords(block.text, columns);
    case 'fence':
      return [frameTop(block.info, columns, paint)];
    case 'code':
      return codeLines(block.line, block.info, codeColumns, paint);
    case 'fence-end':
      return [frameBottom(columns, paint)];
    default:
      return block satisfies never;
  }
}

function wholeLines({ text, number }: Block & { kind: 'whole' }, columns: number, paint: Paint): readonly string[] {
  try {
    const tokens = readMarkdown(text);
    const [list] = tokens;
    const numbered =
      number !== null && list?.type === 'list' ? [{ ...list, start: number }, ...tokens.slice(1)] : tokens;
    return blockLines(numbered, { columns, paint, depth: 0 });
  } catch (error) {
    // Nested too deep for the stack.
    if (error instanceof RangeError) return wrapWords(text, columns);
    throw error;
  }
}

function isHeading(block: Block): boolean {
  return block.kind === 'whole' && beginsHeading(block.text);
}

function beginsHeading(text: string): boolean {
  return /^ {0,3}#{1,6}[ \t]/.test(text);
}
