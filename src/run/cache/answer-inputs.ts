import { AROUND_THE_ANSWER } from '../../claude/pool/start-key.ts';
import type { Prompt } from '../../request/prompt.ts';

/**
 * What of a request, and of its prompt, an answer depends on.
 * @param request a `RunRequest`, or one with something in place of a value
 */
export function answerInputs(request: object, prompt: Prompt): { readonly fields: object; readonly prompt: Prompt } {
  const fields = Object.entries(request).filter(([name]) => name !== 'prompt' && !AROUND_THE_ANSWER.has(name));
  return { fields: Object.fromEntries(fields), prompt: promptInput(prompt) };
}

/** What of a prompt an answer depends on: what was told of how it was read says nothing to the model. */
export function promptInput(prompt: Prompt): Prompt {
  return prompt.warnings === undefined ? prompt : { ...prompt, warnings: undefined };
}

/** What an instruction has claude attach: `@path`, `@"path with blanks"`, `@path#L1-9`. */
const MENTION = /(?:^|\s)@(?:"([^"]+)"|(\S+))/g;

/** The paths that an instruction may mean, the signs behind a word left out, too. */
export function mentionedIn({ text = '' }: Prompt): string[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(MENTION)].flatMap(([, quoted, word]) => {
    const path = (quoted ?? word ?? '').replace(/#L?\d.*$/, '');
    return [...new Set([path, path.replace(/[^\w/]+$/, '')])].filter((each) => each !== '');
  });
}
