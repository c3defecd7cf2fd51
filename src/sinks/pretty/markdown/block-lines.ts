import type { MarkedToken, Token, Tokens } from 'marked';
import stringWidth from 'string-width';
import { isColored, type Paint } from '../theme.ts';
import { hang, wrapWords } from '../wrap.ts';
import { codeLines, frameBottom, frameTop } from './code-lines.ts';
import { inlineText, safe } from './inline-text.ts';
import { isOwnToken } from './read-markdown.ts';
import { tableLines } from './table-lines.ts';

/** How a block is printed. */
export interface Place {
  readonly columns: number;
  readonly paint: Paint;
  /** How many lists it stands in. */
  readonly depth: number;
}

/** The text of paragraphs and the like is easier to read when its lines are no longer than this; gh and glow do so too. */
const WIDEST_TEXT = 120;
const WIDEST_RULE = 48;

/** Blocks one below the other, with an empty line where the writer left one. */
export function blockLines(tokens: readonly Token[], place: Place): readonly string[] {
  const lines: string[] = [];
  let apart = false;
  for (const token of tokens) {
    if (!isOwnToken(token)) continue;
    if (token.type === 'space') apart = true;
    else {
      const block = linesOf(token, place);
      if (block.length === 0) continue;
      if (lines.length > 0 && (apart || token.type === 'heading')) lines.push('');
      lines.push(...block);
      apart = /\n[ \t]*\n$/.test(token.raw);
    }
  }
  return lines;
}

function linesOf(token: MarkedToken, place: Place): readonly string[] {
  const { columns, paint } = place;
  const width = Math.min(columns, WIDEST_TEXT);
  switch (token.type) {
    case 'heading':
      return headingLines(token, width, paint);
    case 'list':
      return listLines(token, place);
    case 'blockquote':
      return hang(blockLines(token.tokens, { ...place, columns: columns - 2 }), paint('dim', '│ '), paint('dim', '│ '));
    case 'table':
      return tableLines(token, columns, paint);
    case 'code':
      return preformattedLines(token, columns, paint);
    case 'hr':
      return [paint('dim', '─'.repeat(Math.min(columns, WIDEST_RULE)))];
    case 'paragraph':
      return wrapWords(inlineText(token.tokens, paint), width);
    case 'checkbox':
      return [];
    default:
      return wrapWords(inlineText([token], paint).trimEnd(), width);
  }
}

/** Without colour a heading is told by the line below it. */
function headingLines({ depth, tokens }: Tokens.Heading, columns: number, paint: Paint): readonly string[] {
  const ink = depth === 1 ? 'title' : depth === 2 ? 'heading' : 'strong';
  const lines = wrapWords(paint(ink, inlineText(tokens, paint)), columns);
  if (isColored(paint) || depth > 2) return lines;
  const longest = Math.max(...lines.map((line) => stringWidth(line)));
  return [...lines, (depth === 1 ? '═' : '─').repeat(longest)];
}

function preformattedLines(
  { text, lang = '', codeBlockStyle }: Tokens.Code,
  columns: number,
  paint: Paint,
): readonly string[] {
  const isIndented = codeBlockStyle === 'indented';
  const info = safe(lang);
  const lines = text.split('\n').flatMap((line) => codeLines(line, info, isIndented ? columns - 4 : columns, paint));
  if (isIndented) return hang(lines, '    ', '    ');
  return [frameTop(info, columns, paint), ...lines, frameBottom(columns, paint)];
}

const BULLETS = ['•', '◦', '▪'] as const;

function listLines({ items, ordered, start }: Tokens.List, place: Place): readonly string[] {
  const { paint, depth } = place;
  const first = start === '' ? 1 : start;
  return items.flatMap((item, index) => {
    const bullet = BULLETS[Math.min(depth, BULLETS.length - 1)] ?? '';
    const marker = ordered ? `${first + index}.` : bullet;
    const box = item.task ? ` ${item.checked === true ? paint('good', '✓') : paint('dim', '☐')}` : '';
    const lines = hangBehind(paint('accent', marker) + box, item, place);
    return item.loose && index > 0 ? ['', ...lines] : lines;
  });
}

/** An item behind its marker, all of its lines as far in; in a narrow place below it. */
function hangBehind(marker: string, { tokens }: Tokens.ListItem, place: Place): readonly string[] {
  const indent = stringWidth(marker) + 1;
  const isNarrow = place.columns - indent < NARROWEST_ITEM;
  const columns = isNarrow ? place.columns : place.columns - indent;
  const lines = blockLines(tokens, { ...place, columns, depth: place.depth + 1 });
  if (isNarrow) return [marker, ...lines];
  return lines.length === 0 ? [marker] : hang(lines, `${marker} `, ' '.repeat(indent));
}

const NARROWEST_ITEM = 12;
