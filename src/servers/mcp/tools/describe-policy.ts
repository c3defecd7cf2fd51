import { CALLER_FIELDS, nameForCallers } from '../../../request/caller-fields.ts';
import { isLimit } from '../../../request/narrowing/narrow.ts';
import { oneLine } from '../../../sinks/safe-text.ts';
import type { Policy } from '../../policy.ts';
import { limitOf } from '../../policy/narrowed-request.ts';

/** How many folders or tools are named. */
const MOST = 30;

/** What a policy allows, for a model that is about to ask. */
export function describePolicy(policy: Policy): string {
  const { roots, tools, modes, models, request } = policy;
  const { disallowedTools = [], permissionMode } = request;
  const [first] = roots;
  return [
    `Folders: ${listOf(roots)} and what is in them; ${oneLine(first)} if you name none.`,
    `Tools that Claude Code has: ${listOf(tools)}${disallowedTools.length === 0 ? '' : `, but never ${listOf(disallowedTools)}`}.`,
    `Permission modes: ${listOf(modes)}; ${permissionMode} if you name none.`,
    ...(models === null ? [] : [`Models: ${listOf(models)}.`]),
    `At most ${limitsOf(policy).join(', ')}.`,
    'A request for more is refused, and says what is allowed.',
  ].join(' ');
}

/** How much of what is measured a request may ask for. */
function limitsOf(policy: Policy): string[] {
  return CALLER_FIELDS.flatMap((field) => {
    const limit = limitOf(field, policy);
    if (!isLimit(field.caller.narrowing) || typeof limit !== 'number') return [];
    return [field.caller.most?.(limit) ?? `${nameForCallers(field)} ${limit}`];
  });
}

function listOf(names: readonly string[]): string {
  const told = names.slice(0, MOST).map(oneLine).join(', ');
  if (names.length === 0) return 'none';
  return names.length > MOST ? `${told} and ${names.length - MOST} more` : told;
}
