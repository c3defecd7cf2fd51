import type { Condensation, Prompt } from '../../request/prompt.ts';
import { PIPED } from '../compose.ts';
import { createCondenser, type Template } from './condense.ts';

/** How a prompt is condensed. */
export interface Condensing {
  /** The most characters of each text. */
  readonly budget: number;
  /** Keeps the whole of a text where the model can read it, and gives the path; null where that was not asked for. */
  readonly spill: ((name: string, text: string) => string) | null;
}

export interface CondensedPrompt {
  readonly prompt: Prompt;
  /** The kinds of lines of each text that was too long, by its name. */
  readonly templates: ReadonlyMap<string, readonly Template[]>;
}

/** Condenses what was piped in or attached and is longer than the budget. The prompt must be redacted already. */
export function condensePrompt(prompt: Prompt, { budget, spill }: Condensing): CondensedPrompt {
  const templates = new Map<string, readonly Template[]>();

  function shortened(name: string, text: string): { readonly text: string; readonly condensed?: Condensation } {
    if (text.length <= budget) return { text };
    const condenser = createCondenser({ budget });
    condenser.push(text);
    const { text: short, condensed, templates: kinds } = condenser.end();
    if (condensed === null) return { text };
    templates.set(name, kinds);
    if (spill === null) return { text: short, condensed };
    const path = spill(name, text);
    return {
      text: `The whole of this log, secrets masked, is in the file ${path}: read it with Read and Grep.\n${short}`,
      condensed,
    };
  }

  const { inert, attachments } = prompt;
  const piped = inert === undefined ? null : shortened(PIPED, inert);
  return {
    prompt: {
      ...prompt,
      ...(piped === null ? {} : { inert: piped.text }),
      ...(piped?.condensed === undefined ? {} : { condensed: piped.condensed }),
      ...(attachments === undefined
        ? {}
        : { attachments: attachments.map((one) => ({ ...one, ...shortened(one.name, one.text) })) }),
    },
    templates,
  };
}
