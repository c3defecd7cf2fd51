import type { Asked } from '../../outcome/unmet.ts';
import type { ClaudeOptions } from '../../request/run-options.ts';
import { PERMISSIONS } from '../../request/run-options/permissions.ts';

/** What of the options can be compared with what claude says of itself; not what raw arguments may set otherwise. */
export function askedOf(options: ClaudeOptions, passThrough: readonly string[]): Asked {
  const { jsonSchema, agent, tools, allowedTools, disallowedTools, requireMcp } = options;
  const given = <Value>(value: Value, ...flags: readonly string[]): Value | undefined =>
    passThrough.some((argument) => flags.includes(argument.replace(/=.*/s, ''))) ? undefined : value;
  return {
    schema: given(jsonSchema !== undefined, '--json-schema'),
    agent: given(agent === '' ? undefined : agent, '--agent'),
    permissionMode: given(modeOf(options), '--permission-mode', '--dangerously-skip-permissions'),
    tools: given(tools, '--tools'),
    allowedTools: given(allowedTools, '--allowed-tools', '--allowedTools'),
    disallowedTools: given(disallowedTools, '--disallowed-tools', '--disallowedTools'),
    requireMcp,
  };
}

/** The flag without a mode wins over the one with it (2.1.197, 2.1.332). */
function modeOf({ permissionMode, dangerouslySkipPermissions }: ClaudeOptions): string | undefined {
  if (dangerouslySkipPermissions === true) return 'bypassPermissions';
  return PERMISSIONS.permissionMode.synonyms.get(permissionMode ?? '') ?? permissionMode;
}
