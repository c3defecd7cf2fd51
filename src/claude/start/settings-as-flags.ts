import type { RunRequest } from '../../request/run-request.ts';
import { isRecord } from '../../is-record.ts';

/** What a request and its settings come to on claude's command line, and in its environment. */
export interface Said {
  readonly request: RunRequest;
  readonly variables: Readonly<Record<string, string>>;
}

/** A rule that each version reads as one, wherever it stands in a list. */
const PLAIN_RULE = /^[A-Za-z]\w*\([^(),\s\p{Cc}]+\)$/u;

/** Characters of rules; Linux takes 128 KiB in one argument. */
const MOST_RULES = 64 * 1024;

/**
 * Has claude told by flags what settings that were made for a run say, where flags and a variable can: with settings of any
 * kind it takes 60 to 90 ms longer to start (2.1.197, 2.1.332). What flags can't say, or might say otherwise, goes into
 * settings whole.
 */
export function saidByFlags(request: RunRequest, settings: Readonly<Record<string, unknown>>): Said {
  const { permissions, autoMemoryEnabled, ...others } = settings;
  const { allow, deny, ...otherPermissions } = isRecord(permissions) ? permissions : {};
  if (
    Object.keys({ ...others, ...otherPermissions }).length > 0 ||
    autoMemoryEnabled !== false ||
    !isPlain(allow) ||
    !isPlain(deny)
  )
    return { request: { ...request, settings }, variables: {} };
  return {
    request: {
      ...request,
      allowedTools: [...(request.allowedTools ?? []), ...allow],
      disallowedTools: [...(request.disallowedTools ?? []), ...deny],
    },
    variables: { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' },
  };
}

function isPlain(rules: unknown): rules is readonly string[] {
  return (
    Array.isArray(rules) &&
    rules.every((rule) => typeof rule === 'string' && PLAIN_RULE.test(rule)) &&
    rules.join(',').length <= MOST_RULES
  );
}
