import type { Redactor } from '../secrets/redactor.ts';
import type { Prompt } from '../request/prompt.ts';

/**
 * Masks the secrets in what was piped in or attached, which nobody reads through before it is sent. What the user
 * wrote as the instruction goes as it is; the names of files do not.
 * @param onFinding told each secret by its kind
 */
export function redactPrompt(prompt: Prompt, redactor: Redactor, onFinding: (kind: string) => void): Prompt {
  function masked(text: string): string {
    const redaction = redactor.redact(text);
    for (const { kind } of redaction.findings) onFinding(kind);
    return redaction.text;
  }

  const { inert, attachments, images } = prompt;
  return {
    ...prompt,
    ...(inert === undefined ? {} : { inert: masked(inert) }),
    ...(attachments === undefined
      ? {}
      : { attachments: attachments.map((one) => ({ ...one, name: masked(one.name), text: masked(one.text) })) }),
    ...(images === undefined ? {} : { images: images.map((image) => ({ ...image, name: masked(image.name) })) }),
  };
}
