import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked';

/** Beyond this the inside of a paragraph is not parsed: marked takes quadratic time for some. */
const LONGEST_INLINE = 4 * 1024;

/**
 * Reads a piece of Markdown (GitHub's). Stricter than CommonMark about emphasis, for the sake of what looks like it and
 * is none: globs (`src/**`), powers (`2**8`), names (`__init__`), estimates (`~5`).
 */
export function readMarkdown(text: string): readonly Token[] {
  return new BoundedLexer({ gfm: true, tokenizer: new StrictTokenizer() }).lex(text);
}

/** Whether a token is one of those that marked makes by itself. All are, since nothing extends it here. */
export function isOwnToken(token: Token): token is MarkedToken {
  return OWN.has(token.type);
}

const OWN: ReadonlySet<string> = new Set<MarkedToken['type']>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
]);

class BoundedLexer extends Lexer {
  override inlineTokens(text: string, tokens: Token[] = []): Token[] {
    if (text.length <= LONGEST_INLINE) return super.inlineTokens(text, tokens);
    tokens.push({ type: 'text', raw: text, text } satisfies Tokens.Text);
    return tokens;
  }
}

class StrictTokenizer extends Tokenizer {
  override emStrong(text: string, masked: string, previous = ''): Tokens.Em | Tokens.Strong | undefined {
    const [mark = ''] = text;
    const before = masked.at(-text.length - 1) ?? '';
    // Half a mark that was refused as a whole, or one within a word or a path.
    if (before === mark || (mark === '*' && /[\w/]/.test(before))) return undefined;
    const emphasis = super.emStrong(text, masked, previous);
    const isGlob = mark === '*' && emphasis?.text.endsWith('/') === true;
    const isName = /^__\w+__$/.test(emphasis?.raw ?? '');
    return isGlob || isName ? undefined : emphasis;
  }

  override del(text: string, masked: string, previous = ''): Tokens.Del | undefined {
    return text.startsWith('~~') ? super.del(text, masked, previous) : undefined;
  }
}
