import { describeWait } from '../../../outcome/describe-wait.ts';
import { oneLine } from '../../../sinks/safe-text.ts';
import { countOf } from '../../../sinks/pretty/format.ts';
import type { Policy } from '../../policy.ts';

/** How many folders or tools are named. */
const MOST = 30;

/** What a policy allows, for a model that is about to ask. */
export function describePolicy(policy: Policy): string {
  const { roots, tools, disallowedTools, modes, defaultMode, models, maxTurns, maxBudgetUsd, timeoutMs } = policy;
  const [first] = roots;
  return [
    `Folders: ${listOf(roots)} and what is in them; ${oneLine(first)} if you name none.`,
    `Tools that Claude Code has: ${listOf(tools)}${disallowedTools.length === 0 ? '' : `, but never ${listOf(disallowedTools)}`}.`,
    `Permission modes: ${listOf(modes)}; ${defaultMode} if you name none.`,
    ...(models === null ? [] : [`Models: ${listOf(models)}.`]),
    `At most ${countOf(maxTurns, 'turn')}, ${describeWait(timeoutMs)}${maxBudgetUsd === null ? '' : `, $${maxBudgetUsd}`}.`,
    'A request for more is refused, and says what is allowed.',
  ].join(' ');
}

function listOf(names: readonly string[]): string {
  const told = names.slice(0, MOST).map(oneLine).join(', ');
  if (names.length === 0) return 'none';
  return names.length > MOST ? `${told} and ${names.length - MOST} more` : told;
}
