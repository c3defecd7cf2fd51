import type { MarkedToken, Token } from 'marked';
import { neutralise } from '../../safe-text.ts';
import type { Paint } from '../theme.ts';
import { isOwnToken } from './read-markdown.ts';

/** The inside of a paragraph, a heading or a cell as styled text. A line break in it is one that the writer made. */
export function inlineText(tokens: readonly Token[], paint: Paint): string {
  return tokens.map((token) => (isOwnToken(token) ? textOf(token, paint) : '')).join('');
}

/** Text out of a token, safe to print: character references may have become anything. */
export function safe(text: string): string {
  return neutralise(text).replaceAll('\t', '  ');
}

function textOf(token: MarkedToken, paint: Paint): string {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? safe(withReferences(token.text)) : inlineText(token.tokens, paint);
    case 'strong':
      return paint('strong', inlineText(token.tokens, paint));
    case 'em':
      return paint('emphasis', inlineText(token.tokens, paint));
    case 'del':
      return paint('struck', inlineText(token.tokens, paint));
    case 'codespan':
      return paint('code', safe(token.text));
    case 'escape':
      return safe(token.text);
    case 'link':
      return linkText(inlineText(token.tokens, paint), token.text, token.href, paint);
    case 'image':
      return linkText(safe(token.text), token.text, token.href, paint);
    case 'br':
      return '\n';
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? '\n' : safe(token.raw);
    case 'checkbox':
      return '';
    default:
      return safe(token.raw);
  }
}

/**
 * The text and where it leads. No hyperlink that a terminal would follow: what is to be opened should be seen, and the
 * address is the model's.
 */
function linkText(shown: string, text: string, address: string, paint: Paint): string {
  const target = safe(address);
  if (shown === '') return paint('link', target);
  const isSame = address === text || address.replace(/^(?:mailto:|https?:\/\/)/, '') === text || address === '';
  return isSame ? paint('link', shown) : `${paint('link', shown)} ${paint('dim', `(${target})`)}`;
}

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&nbsp;', '\u00A0'],
]);

/** The named references that people write; marked resolves numeric ones itself. */
function withReferences(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp|quot|apos|nbsp);/g, (name) => REFERENCES.get(name) ?? name);
}
