import { neutralise } from '../safe-text.ts';

/** Foreign text as one line of Markdown that shows it as it is: no part of it is a link, a picture, HTML or a mention. */
export function plainMarkdown(text: string): string {
  return neutralise(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replaceAll(/(@)(?=\w)/g, '$1\u200B');
}

/**
 * Foreign text as a block of code, behind a fence that is longer than any in it. It is not rendered: a picture would be
 * fetched by whoever looks, from an address that the text chose.
 */
export function fencedMarkdown(text: string): string {
  const shown = neutralise(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}\n`;
}
