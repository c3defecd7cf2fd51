import type { Redactor } from '../secrets/redactor.ts';
import type { Prompt } from '../request/prompt.ts';

/**
 * Masks the secrets in what was piped in or attached, which nobody reads through before it is sent. What the user
 * wrote as the instruction goes as it is, unless it is to be taken literally; the names of files do not.
 * @param onFinding told each secret by its kind
 */
export function redactPrompt(prompt: Prompt, redactor: Redactor, onFinding: (kind: string) => void): Prompt {
  function masked(text: string): string {
    const redaction = redactor.redact(text);
    for (const { kind } of redaction.findings) onFinding(kind);
    return redaction.text;
  }

  const { text, literal, inert, attachments, images } = prompt;
  return {
    ...prompt,
    ...(text === undefined || literal !== true ? {} : { text: masked(text) }),
    ...(inert === undefined ? {} : { inert: masked(inert) }),
    ...(attachments === undefined
      ? {}
      : { attachments: attachments.map((one) => ({ ...one, name: masked(one.name), text: masked(one.text) })) }),
    ...(images === undefined ? {} : { images: images.map((image) => ({ ...image, name: masked(image.name) })) }),
  };
}
