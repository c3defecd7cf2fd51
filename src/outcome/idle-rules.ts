import type { Wording } from '../errors.ts';
import { isListed, meantBy, TOOL_NAMES, toolOf } from '../messages/tool-names.ts';
import type { MessageOf } from '../messages/types.ts';
import type { Asked } from './unmet.ts';

type Init = Pick<MessageOf<'system', 'init'>, 'tools'>;

/** What permits a tool that no claude has; names are told apart by case (2.1.197, 2.1.332). */
export function idlePermissions({ tools }: Init, { allowedTools = [], tools: wanted, agent }: Asked): Wording[] {
  // Where there are to be fewer tools, one that is not listed may be there otherwise.
  if (wanted !== undefined || agent !== undefined) return [];
  return unknownTools(allowedTools, tools).map(
    (tool): Wording =>
      (name) =>
        `${name('allowedTools')}: ${tool} permits nothing: claude has no such tool${meantBy(tool, tools)}`,
  );
}

/** What denies a tool that no claude has: 2.1.332 tells of it in text mode alone. */
export function idleDenials({ tools }: Init, { disallowedTools = [] }: Asked): Wording[] {
  return unknownTools(disallowedTools, tools).map(
    (tool): Wording =>
      (name) =>
        `${name('disallowedTools')}: ${tool} denies nothing: claude has no such tool${meantBy(tool, tools)}`,
  );
}

function unknownTools(rules: readonly string[], tools: readonly string[]): readonly string[] {
  const names = new Set(rules.map(toolOf).filter((name) => /^[A-Za-z]+$/.test(name)));
  return [...names].filter((name) => !isListed(name, tools) && !TOOL_NAMES.includes(name));
}
