import { createHash } from 'node:crypto';
import { SluiceError } from '../errors.ts';
import { PROMPT } from '../request/fields/prompt.ts';
import type { Attachment, Prompt } from '../request/prompt.ts';

/**
 * An empty text block at the end. Claude looks for slash commands, `@path` and `@agent-…` in the last block alone, and
 * leaves an empty one out of what it sends: so nothing before it is acted upon, and the model sees every byte.
 * (2.1.197 and 2.1.329, seen at the API.)
 */
const NOTHING_TO_ACT_ON = '';

/**
 * Makes sure that there is something to ask, and not too much.
 * @param limit bytes allowed in all
 * @throws SluiceError `usage` when there is nothing to ask, or more than the limit
 */
export function checkPrompt(prompt: Prompt, limit: number = PROMPT.maxPrompt.default): void {
  const { text = '', inert = '', attachments = [] } = prompt;
  const parts = [text, inert, ...attachments.map((attachment) => attachment.text)];
  const size = parts.map((part) => Buffer.byteLength(part)).reduce((sum, bytes) => sum + bytes, 0);
  if (parts.every((part) => part.trim() === '')) {
    throw new SluiceError('usage', (name) => `nothing to ask: give a ${name('prompt')}`);
  }
  if (size > limit) {
    throw new SluiceError(
      'usage',
      (name) => `the prompt has ${size} bytes, over the limit of ${limit}; send less or raise ${name('maxPrompt')}`,
    );
  }
}

/**
 * The blocks of one prompt: attachments first, each in a fence of its own that its text cannot close, the instruction
 * last.
 */
export function composePrompt({ text = '', inert = '', attachments = [], slash = false }: Prompt): string[] {
  const fenced = attachments.map(fence);
  const instruction = [inert, text].filter((part) => part !== '');
  const actedUpon = text !== '' && (slash || !text.startsWith('/'));
  return [...fenced, ...instruction, ...(actedUpon ? [] : [NOTHING_TO_ACT_ON])];
}

/**
 * Puts a text between two lines that carry a mark which the text does not, and cannot: it is taken from a digest of the
 * text itself. The same text has the same mark in every run, so that the API's prompt cache knows it again.
 */
function fence({ name, text }: Attachment): string {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const label = name.replaceAll(/[\p{Cc}\p{Cf}"<>\u2028\u2029]/gu, '_');
  return `<attachment name="${label}" mark="${mark}">\n${text}${text.endsWith('\n') ? '' : '\n'}</attachment mark="${mark}">`;
}
