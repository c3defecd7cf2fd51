import type { ClaudeOptions } from '../../../request/run-options.ts';
import type { Settings } from '../../../config/layers.ts';
import { IDLE_FENCE, isIdleFence, mcpServerOf, toolRule } from '../../../request/narrowing/tool-rule.ts';
import { reject } from './reject.ts';

/** What a server lets claude use unless it is told: tools that change nothing. */
const DEFAULT_TOOLS = ['Read', 'Glob', 'Grep'];

/**
 * The tools and rules that queries may use; where --tools says which exist, no others.
 * @throws SluiceError `usage` for what is no rule, or one that would only seem to confine
 */
export function toolListOf({ allowedTools, tools }: ClaudeOptions, settings: Settings): string[] {
  const existing = tools === undefined || tools.includes('default') ? null : tools;
  const rules = named(allowedTools ?? DEFAULT_TOOLS).map((text) => {
    const rule = toolRule(text);
    if (rule === null) reject(settings, 'allowedTools', `${text}: no tool, and no rule such as Bash(git log:*)`);
    if (isIdleFence(rule)) reject(settings, 'allowedTools', `${text}: ${IDLE_FENCE} with --root`);
    return rule;
  });
  const exists = (tool: string): boolean => existing?.includes(tool) ?? true;
  return rules.filter(({ tool }) => mcpServerOf(tool) !== null || exists(tool)).map(({ text }) => text);
}

/** `""` says: none. */
export function named(names: readonly string[]): string[] {
  return names.filter((name) => name !== '');
}
