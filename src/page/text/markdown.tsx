import type { MarkedToken, Token, Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LongText } from './long-text.tsx';
import { plain } from './plain.ts';
import { ownTokens, type Part, readParts } from './read-parts.ts';

/** UTF-16 units of a text that is read as Markdown; a longer one is shown as it is. */
const MOST = 40_000;

/** A text of the model's. Its Markdown becomes elements of ours: no HTML in it is one, no image is loaded. */
export function Markdown({ text, label }: { readonly text: string; readonly label: string }) {
  const parts = useMemo(() => (text.length > MOST ? [] : readParts(plain(text))), [text]);
  if (text.length > MOST) return <LongText text={text} label={label} />;
  return <div class="markdown">{parts.map(part)}</div>;
}

function part(part: Part): ComponentChildren {
  return 'text' in part ? <p class="as-is">{part.text}</p> : blocks(part.tokens);
}

function blocks(tokens: readonly Token[] = []): ComponentChildren {
  return ownTokens(tokens).map(block);
}

function block(token: MarkedToken): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'heading':
      // The page has headings of its own, and these are not among them.
      return <p class={`heading h${token.depth}`}>{inline(token.tokens)}</p>;
    case 'code':
      return (
        <pre tabIndex={0} role="group" aria-label="code">
          {token.text}
        </pre>
      );
    case 'blockquote':
      return <blockquote>{blocks(token.tokens)}</blockquote>;
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    case 'hr':
      return <hr />;
    case 'paragraph':
      return <p>{inline(token.tokens)}</p>;
    default:
      return inline([token]);
  }
}

function list({ ordered, start, items }: Tokens.List): ComponentChildren {
  const entries = items.map(({ tokens, task, checked }) => (
    <li>
      {task && (checked === true ? '☑ ' : '☐ ')}
      {blocks(tokens)}
    </li>
  ));
  return ordered ? <ol start={Number(start) || 1}>{entries}</ol> : <ul>{entries}</ul>;
}

function table({ header, rows }: Tokens.Table): ComponentChildren {
  return (
    <div class="wide" tabIndex={0} role="group" aria-label="table">
      <table>
        <thead>
          <tr>
            {header.map(({ tokens }) => (
              <th scope="col">{inline(tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map(({ tokens }) => (
                <td>{inline(tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[] = []): ComponentChildren {
  return ownTokens(tokens).map((token) => {
    switch (token.type) {
      case 'strong':
        return <strong>{inline(token.tokens)}</strong>;
      case 'em':
        return <em>{inline(token.tokens)}</em>;
      case 'del':
        return <del>{inline(token.tokens)}</del>;
      case 'codespan':
        return <code>{token.text}</code>;
      case 'br':
        return <br />;
      case 'link':
        return link(token);
      case 'image':
        return `[image: ${token.text === '' ? token.href : token.text}]`;
      case 'escape':
        return token.text;
      case 'text':
        return 'tokens' in token && token.tokens !== undefined ? inline(token.tokens) : token.text;
      default:
        return token.raw;
    }
  });
}

/** Where a link leads is told beside it, unless that is its text. */
function link({ href, tokens, text }: Tokens.Link): ComponentChildren {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return [inline(tokens), ` (${href})`];
  return [
    <a href={url.href} rel="noreferrer noopener nofollow" target="_blank">
      {inline(tokens)}
    </a>,
    text === href ? null : <span class="host"> ({url.host})</span>,
  ];
}
