import type { Attachment, Prompt, PromptBlock, PromptImage } from '../request/prompt.ts';

/** What an attachment is called that was piped in. */
export const PIPED = 'stdin';

/**
 * An empty text block at the end. Claude looks for slash commands, `@path` and `@agent-…` in the last block alone, and
 * leaves an empty one out of what it sends: so nothing before it is acted upon, and the model sees every byte.
 * (2.1.197 and 2.1.329, seen at the API.)
 */
const NOTHING_TO_ACT_ON = '';

/**
 * The blocks of one prompt: attachments first, each in a fence of its own that its text cannot close, then pictures, each
 * behind its name, the instruction last.
 */
export function composePrompt(prompt: Prompt): PromptBlock[] {
  const { text = '', literal = false, inert = '', attachments = [], images = [], slash = false } = prompt;
  const fenced = attachments.map(fence);
  const shown = images.flatMap((image) => [captionOf(image), image]);
  const instruction = [inert, text].filter((part) => part !== '');
  const actedUpon = text !== '' && !literal && (slash || !text.startsWith('/'));
  return [...fenced, ...shown, ...instruction, ...(actedUpon ? [] : [NOTHING_TO_ACT_ON])];
}

/**
 * Puts a text between two lines that carry a mark which the text does not, and cannot: it is taken from a digest of the
 * text itself. The same text has the same mark in every run, so that the API's prompt cache knows it again.
 */
function fence({ name, text }: Attachment): string {
  // Loaded only now: it takes 3 ms that claude need not wait for.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const label = labelOf(name);
  return `<attachment name="${label}" mark="${mark}">\n${text}${text.endsWith('\n') ? '' : '\n'}</attachment mark="${mark}">`;
}

function captionOf({ name }: PromptImage): string {
  return `<image name="${labelOf(name)}">`;
}

/** A name that cannot be taken for anything else. */
function labelOf(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}"<>\u2028\u2029]/gu, '_');
}
