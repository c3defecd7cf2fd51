import type { Wording } from '../errors.ts';
import { isListed, meantBy, TOOL_NAMES, toolOf } from '../messages/tool-names.ts';
import type { MessageOf } from '../messages/types.ts';
import type { Asked } from './unmet.ts';

type Init = Pick<MessageOf<'system', 'init'>, 'tools'>;

/** What permits a tool that no claude has; names are told apart by case (2.1.197, 2.1.332). */
export function idlePermissions({ tools }: Init, { allowedTools = [], tools: wanted, agent }: Asked): Wording[] {
  // Where there are to be fewer tools, one that is not listed may be there otherwise.
  if (wanted !== undefined || agent !== undefined) return [];
  return saidOf('allowedTools', allowedTools, 'permits', tools);
}

/** What denies a tool that no claude has: 2.1.332 tells of it in text mode alone. */
export function idleDenials({ tools }: Init, { disallowedTools = [] }: Asked): Wording[] {
  return saidOf('disallowedTools', disallowedTools, 'denies', tools);
}

/** What is said of each tool in some rules that is unknown. */
function saidOf(option: string, rules: readonly string[], does: string, tools: readonly string[]): Wording[] {
  const names = new Set(rules.map(toolOf).filter((name) => /^[A-Za-z]+$/.test(name)));
  const unknown = [...names].filter((name) => !isListed(name, tools) && !TOOL_NAMES.includes(name));
  return unknown.map(
    (tool): Wording =>
      (name) =>
        `${name(option)}: ${tool} ${does} nothing: claude has no such tool${meantBy(tool, tools)}`,
  );
}
