import { createHmac } from 'node:crypto';

/** Tells prompts apart without telling them. */
export interface PromptTrace {
  /** UTF-16 units. */
  readonly characters: number;
  /** In UTF-8. */
  readonly bytes: number;
  /**
   * `hmac-sha256:` and the HMAC of the prompt in UTF-8, in hexadecimal, with the text of the line's `runId` for a key:
   * the same prompt looks another each time, and who has a prompt can tell whether it was this one.
   */
  readonly digest: string;
}

/** @param runId the line's */
export function promptTrace(prompt: string, runId: string): PromptTrace {
  return {
    characters: prompt.length,
    bytes: Buffer.byteLength(prompt),
    digest: `hmac-sha256:${createHmac('sha256', runId).update(prompt).digest('hex')}`,
  };
}
