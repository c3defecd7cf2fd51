import { checkedPrompt } from '../request/check-request.ts';
import type { Prompt } from '../request/prompt.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { Host } from './host.ts';

/**
 * What is asked: what the host gives, or else what stands in the request.
 * @throws SluiceError `usage` for what is no prompt; what the host throws
 */
export async function promptOf(
  { prompt = {} }: Pick<RunRequest, 'prompt'>,
  host: Pick<Host, 'prompt'>,
  signal: AbortSignal,
  redactor: () => Promise<Redactor>,
): Promise<Prompt> {
  return checkedPrompt(host.prompt === undefined ? prompt : await host.prompt(signal, redactor));
}
