import type { Unfinished } from '../flow.ts';
import { splitText } from '../text-lines.ts';

/** What a Markdown text consists of, as far as it is needed to print it while it is still being written. */
export type Block = Content & {
  /** Whether an empty line stands before it. */
  readonly apart: boolean;
};

type Content =
  | {
      /** Complete: nothing that comes later changes how it reads. */
      readonly kind: 'whole';
      readonly text: string;
      /** The number of an item in a numbered list, which the text tells only for the first; null for all else. */
      readonly number: number | null;
    }
  /** Too long to be parsed in bounded time. */
  | { readonly kind: 'unparsed'; readonly text: string }
  /** Code in a fence is printed line by line; it may be long. */
  | { readonly kind: 'fence'; readonly info: string }
  | { readonly kind: 'code'; readonly info: string; readonly line: string }
  | { readonly kind: 'fence-end' };

/** Splits Markdown into blocks while it comes in: line by line, so that any chunking gives the same blocks. */
export interface BlockSplitter {
  push(text: string): readonly Block[];
  /** What is not a block yet. Of a long text, the end: about so many characters, from a line's start if possible. */
  unfinished(characters: number): Unfinished;
  end(): readonly Block[];
}

/** Beyond these a block is not parsed: marked takes quadratic time for some texts, and the stack has an end. */
const MOST_CHARACTERS = 128 * 1024;
const LONGEST_LINE = 8 * 1024;

/** A fence that is open: its marks, how far it is indented, what it says of its language. */
interface Fence {
  readonly mark: string;
  readonly indent: number;
  readonly info: string;
}

/** A list item that is being read. */
interface Item {
  /** Columns from which on a line belongs to the item. */
  readonly content: number;
  readonly number: number | null;
  readonly kind: string;
}

/**
 * Follows the structure of the top level as CommonMark has it: a block ends with an empty line or where another one
 * begins. Each item of a list is a block of its own, and each line of code in a fence; all else is marked's to parse.
 */
export function splitBlocks(): BlockSplitter {
  const source = splitText();
  let lines: string[] = [];
  let size = 0;
  let isQuote = false;
  let item: Item | null = null;
  let fence: Fence | null = null;
  /** Empty lines in an item, which belong to it if another line of it follows. */
  let blanks = 0;
  let apart = false;
  /** The numbered item before, if nothing else stood between. */
  let previous: Item | null = null;

  function takeLine(line: string): Block[] {
    if (fence !== null) return takeCode(line, fence);
    if (line.trim() === '') return takeBlank();
    return item === null ? takeText(line) : takeInItem(line, item);
  }

  function takeBlank(): Block[] {
    if (item !== null) {
      blanks++;
      return [];
    }
    const blocks = flush();
    apart = true;
    return blocks;
  }

  function takeCode(line: string, { mark, indent, info }: Fence): Block[] {
    const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
    if (closing?.startsWith(mark) === true) {
      fence = null;
      return [block({ kind: 'fence-end' })];
    }
    return [block({ kind: 'code', info, line: line.replace(new RegExp(`^ {0,${indent}}`), '') })];
  }

  function takeInItem(line: string, { content }: Item): Block[] {
    if (indentOf(line) >= content) {
      for (; blanks > 0; blanks--) keep('');
      return keep(line);
    }
    const isLazy = blanks === 0 && !beginsBlock(line);
    if (isLazy) return keep(line);
    const hadBlanks = blanks > 0;
    const blocks = flush();
    apart = hadBlanks;
    return [...blocks, ...takeText(line)];
  }

  function takeText(line: string): Block[] {
    const opening = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(line);
    if (opening !== null && isFence(opening[2] ?? '', opening[3] ?? '')) {
      const [, indent = '', mark = '', info = ''] = opening;
      const before = flush();
      fence = { mark, indent: indent.length, info: info.trim() };
      previous = null;
      return [...before, block({ kind: 'fence', info: fence.info })];
    }
    const isUnderline = lines.length > 0 && !isQuote && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
    if (isUnderline) return [...keep(line), ...flush()];
    if (isHeading(line) || isRule(line)) return [...flush(), ...keep(line), ...flush()];
    const next = itemOf(line);
    if (next !== null && (lines.length === 0 || interruptsText(next, line))) {
      const before = flush();
      item = next;
      return [...before, ...keep(line)];
    }
    const quotes = /^ {0,3}>/.test(line);
    const before = quotes && !isQuote ? flush() : [];
    if (lines.length === 0) isQuote = quotes;
    return [...before, ...keep(line)];
  }

  function keep(line: string): Block[] {
    lines.push(line);
    size += line.length + 1;
    return size > MOST_CHARACTERS ? flush() : [];
  }

  function flush(): Block[] {
    if (lines.length === 0) return [];
    const text = lines.join('\n');
    const canParse = size <= MOST_CHARACTERS && lines.every((line) => line.length <= LONGEST_LINE);
    const continued = continueList(item, previous);
    const flushed = block(
      canParse ? { kind: 'whole', text, number: continued?.number ?? null } : { kind: 'unparsed', text },
    );
    previous = continued;
    lines = [];
    size = 0;
    blanks = 0;
    isQuote = false;
    item = null;
    return [flushed];
  }

  function block(content: Content): Block {
    const made = { ...content, apart };
    apart = false;
    return made;
  }

  return {
    push: (text) => source.push(text).flatMap(takeLine),
    unfinished(characters) {
      let text = '\n'.repeat(blanks) + source.rest().slice(-characters);
      for (let index = lines.length - 1; index >= 0 && text.length < characters; index--)
        text = `${lines[index]}\n${text}`;
      return { text, apart };
    },
    end() {
      const blocks: Block[] = [...source.end().flatMap(takeLine), ...flush()];
      if (fence !== null) blocks.push(block({ kind: 'fence-end' }));
      fence = previous = null;
      apart = false;
      return blocks;
    },
  };
}

/** An item with its number in the list that it continues, if it does. */
function continueList(item: Item | null, previous: Item | null): Item | null {
  if (item === null || previous?.number == null || item.kind !== previous.kind) return item;
  return { ...item, number: previous.number + 1 };
}

/** A fence of backticks has none in its info, else it is a code span. */
function isFence(mark: string, info: string): boolean {
  return !(mark.startsWith('`') && info.includes('`'));
}

function beginsBlock(line: string): boolean {
  return isHeading(line) || isRule(line) || itemOf(line) !== null || /^ {0,3}(?:>|`{3,}|~{3,})/.test(line);
}

function isHeading(line: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line);
}

function isRule(line: string): boolean {
  return /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line);
}

function itemOf(line: string): Item | null {
  const match = /^( {0,3})([-*+]|(\d{1,9})([.)]))( +|\t+|$)/.exec(line);
  if (match === null || isRule(line)) return null;
  const [, indent = '', marker = '', number, delimiter, space = ''] = match;
  const isWide = space === '' || space.length > 4 || space.startsWith('\t');
  return {
    content: indent.length + marker.length + (isWide ? 1 : space.length),
    number: number === undefined ? null : Number(number),
    kind: delimiter ?? marker,
  };
}

/** A paragraph goes on with what could be a number at its line's start, as a year can, unless it is 1. */
function interruptsText({ number }: Item, line: string): boolean {
  return (number === null || number === 1) && /^ *\S+[ \t]+\S/.test(line);
}

function indentOf(line: string): number {
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  return indent.replaceAll('\t', '    ').length;
}
