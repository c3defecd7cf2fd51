import type { Finding, Redactor } from '../secrets/redactor.ts';
import type { Prompt } from './compose.ts';

/** A prompt as the model may see it, and what was masked in it. */
export interface RedactedPrompt {
  readonly prompt: Prompt;
  readonly findings: readonly Finding[];
}

/**
 * Masks the secrets in what was piped in or attached, which nobody reads through before it is sent. What the user
 * wrote as the instruction goes as it is.
 */
export function redactPrompt(prompt: Prompt, redactor: Redactor): RedactedPrompt {
  const findings: Finding[] = [];

  function masked(text: string): string {
    const redaction = redactor.redact(text);
    findings.push(...redaction.findings);
    return redaction.text;
  }

  const { inert, attachments } = prompt;
  return {
    prompt: {
      ...prompt,
      ...(inert === undefined ? {} : { inert: masked(inert) }),
      ...(attachments === undefined
        ? {}
        : { attachments: attachments.map(({ name, text }) => ({ name, text: masked(text) })) }),
    },
    findings,
  };
}
