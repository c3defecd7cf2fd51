import { filePermissionOf } from '../../request/narrowing/tool-rule.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { isRecord } from '../../is-record.ts';

/** What a request and its settings come to on claude's command line, and in its environment. */
export interface Said {
  readonly request: RunRequest;
  readonly variables: Readonly<Record<string, string>>;
}

/** A rule that each version reads as one, wherever it stands in a list. */
const PLAIN_RULE = /^[A-Za-z]\w*\([^(),\s\p{Cc}]+\)$/u;

/** A rule of the request that changes none beside it: its parentheses match, and no `!` takes others back (2.1.332). */
const OWN_RULE = /^[A-Za-z][\w-]*(?:\([^()!\p{Cc}]+\))?$/u;

/** Bytes of a list; Linux takes 128 KiB in one argument. */
const MOST_BYTES = 100_000;

/**
 * Has claude told by flags what settings that were made for a run say, where flags and a variable can: with settings of any
 * kind it takes 60 to 90 ms longer to start (2.1.197, 2.1.332). What flags can't say, or might say otherwise, goes into
 * settings whole. So it does for tools other than those for files: commands in claude's sandbox, which its user may have
 * turned on, are kept from what settings deny, and not from what flags do (2.1.197).
 * @param mayShow whether what they name may be on a command line, which everybody on the machine can read
 */
export function saidByFlags(request: RunRequest, settings: Readonly<Record<string, unknown>>, mayShow: boolean): Said {
  const { permissions, autoMemoryEnabled, ...others } = settings;
  const { allow, deny, ...otherPermissions } = isRecord(permissions) ? permissions : {};
  const { allowedTools = [], disallowedTools = [], tools, passThrough = [] } = request;
  if (
    !mayShow ||
    request.settings !== undefined ||
    passThrough.length > 0 ||
    tools?.every((tool) => filePermissionOf(tool) !== null) !== true ||
    ![...allowedTools, ...disallowedTools].every((rule) => OWN_RULE.test(rule)) ||
    autoMemoryEnabled !== false ||
    Object.keys({ ...others, ...otherPermissions }).length > 0 ||
    !arePlain(allow) ||
    !arePlain(deny)
  )
    return { request: { ...request, settings }, variables: {} };
  const writes = tools.some((tool) => filePermissionOf(tool) === 'Edit');
  // Each rule takes claude a third of a millisecond.
  const heeded = (rule: string): boolean => writes || !rule.startsWith('Edit(');
  const lists = {
    allowedTools: [...allowedTools, ...allow.filter(heeded)],
    disallowedTools: [...disallowedTools, ...deny.filter(heeded)],
  };
  if (Object.values(lists).some((list) => Buffer.byteLength(list.join(',')) > MOST_BYTES))
    return { request: { ...request, settings }, variables: {} };
  return { request: { ...request, ...lists }, variables: { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' } };
}

function arePlain(rules: unknown): rules is readonly string[] {
  return Array.isArray(rules) && rules.every((rule) => typeof rule === 'string' && PLAIN_RULE.test(rule));
}
