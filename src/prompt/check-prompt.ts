import { SluiceError } from '../errors.ts';
import { MAX_PROMPT } from '../limits.ts';
import { PROMPT } from '../request/run-options/prompt.ts';
import type { Prompt } from '../request/prompt.ts';
import { PIPED } from './compose.ts';
import { fitIn } from './fit-in.ts';

/**
 * Makes sure that there is something to ask, and not too much.
 * @param asked bytes allowed in all, at most 64 MiB
 * @param budget characters that are left of each text that was piped in or attached; default: all
 * @throws SluiceError `usage` when there is nothing to ask, or more than the limit
 */
export function checkPrompt(
  prompt: Prompt,
  asked: number = PROMPT.maxPrompt.default,
  budget: number = Number.POSITIVE_INFINITY,
): void {
  const limit = Math.min(asked, MAX_PROMPT);
  const parts = partsOf(prompt);
  if (parts.every(({ text }) => text.trim() === '')) {
    throw new SluiceError('usage', (name) => `nothing to ask: give a ${name('prompt')}`);
  }
  const sized = parts.map((part) => {
    const size = Buffer.byteLength(part.text);
    const isCondensed = part.name !== null && part.text.length > budget;
    return { ...part, size: isCondensed ? Math.min(size, budget) : size };
  });
  const total = sized.reduce((sum, { size }) => sum + size, 0);
  if (total <= limit) return;
  const [largest] = sized.toSorted((one, other) => other.size - one.size);
  const advice =
    largest === undefined || largest.name === null
      ? 'send less'
      : `${largest.name} has ${largest.size} of them; ${fitIn(limit - total + largest.size, largest.file)}`;
  throw new SluiceError(
    'usage',
    (name) => `the prompt has ${total} bytes, over the limit of ${limit} (${name('maxPrompt')}); ${advice}`,
  );
}

/** A part of a prompt; the instruction has no name, and what was piped in no file. */
interface Part {
  readonly name: string | null;
  readonly file: string | null;
  readonly text: string;
}

function partsOf({ text = '', inert = '', attachments = [], images = [] }: Prompt): Part[] {
  return [
    { name: null, file: null, text },
    { name: PIPED, file: null, text: inert },
    ...attachments.map(({ name, text }) => ({ name, file: name === PIPED ? null : name, text })),
    ...images.map(({ name, base64 }) => ({ name, file: null, text: base64 })),
  ];
}
