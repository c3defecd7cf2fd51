import type { ClaudeOptions } from '../../claude/options/flags.ts';
import type { Settings } from '../../config/layers.ts';
import { mcpServerOf, toolRule } from '../../servers/policy/tool-rule.ts';
import { reject } from './reject.ts';

/** What a server lets claude use unless it is told: tools that change nothing. */
const DEFAULT_TOOLS = ['Read', 'Glob', 'Grep'];

/**
 * The tools and rules that queries may use; where --tools says which exist, no others.
 * @throws SluiceError `usage` for what is no rule
 */
export function toolListOf({ allowedTools, tools }: ClaudeOptions, settings: Settings): string[] {
  const existing = tools === undefined || tools.includes('default') ? null : tools;
  const rules = named(allowedTools ?? DEFAULT_TOOLS).map((text) => {
    return toolRule(text) ?? reject(settings, 'allowedTools', `${text}: no tool, and no rule such as Bash(git log:*)`);
  });
  const exists = (tool: string): boolean => existing?.includes(tool) ?? true;
  return rules.filter(({ tool }) => mcpServerOf(tool) !== null || exists(tool)).map(({ text }) => text);
}

/** `""` says: none. */
export function named(names: readonly string[]): string[] {
  return names.filter((name) => name !== '');
}
