import type { Condensation, Prompt } from '../request/prompt.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { PROMPT } from '../request/run-options/prompt.ts';
import type { Condensing, CondensedPrompt } from './condense/condense-prompt.ts';
import { redactPrompt } from './redact-prompt.ts';

/** What a run asks for of the texts that it is given. */
export interface Preparing extends Pick<Condensing, 'spill'> {
  readonly redactInput?: boolean | undefined;
  readonly rawInput?: boolean | undefined;
  readonly inputBudget?: number | undefined;
}

/**
 * The prompt as it is sent: without the secrets in what nobody may have read, and then with what is too long condensed.
 * @param onFinding told each secret by its kind
 */
export async function preparePrompt(
  prompt: Prompt,
  redactor: Redactor,
  preparing: Preparing,
  onFinding: (kind: string) => void,
): Promise<CondensedPrompt> {
  const masked = preparing.redactInput === false ? prompt : redactPrompt(prompt, redactor, onFinding);
  const budget = charactersLeft(preparing);
  if (!isTooLong(masked, budget)) return { prompt: masked, templates: new Map() };
  // Loaded only where there is something to condense.
  const { condensePrompt } = await import('./condense/condense-prompt.ts');
  return condensePrompt(masked, { budget, spill: preparing.spill });
}

/** Characters that are left of each text that is not the user's own; Infinity: all. */
export function charactersLeft({
  rawInput,
  inputBudget = PROMPT.inputBudget.default,
}: Pick<Preparing, 'rawInput' | 'inputBudget'>): number {
  return rawInput === true ? Number.POSITIVE_INFINITY : inputBudget;
}

function isTooLong({ inert = '', attachments = [] }: Prompt, budget: number): boolean {
  return inert.length > budget || attachments.some(({ text }) => text.length > budget);
}

/** What became of all texts that were too long; undefined where none was. */
export function condensationOf({ condensed, attachments = [] }: Prompt): Condensation | undefined {
  const all = [condensed, ...attachments.map((one) => one.condensed)].filter((one) => one !== undefined);
  if (all.length === 0) return undefined;
  return all.reduce((sum, one) => ({
    lines: sum.lines + one.lines,
    kept: sum.kept + one.kept,
    characters: sum.characters + one.characters,
  }));
}
