import type { NameOption, Wording } from '../errors.ts';
import type { Evidence } from './evidence.ts';
import type { FailOn } from './fail-on.ts';
import { missingServers } from './required-servers.ts';
import { listed, numbered } from './words.ts';

/** What a run with an answer did not do of what it was to do. */
export interface Shortcoming {
  readonly failsOn: FailOn | 'always';
  readonly text: Wording;
}

/** All that is lacking, in the order in which it is told. */
export function shortcomingsOf(evidence: Evidence): Shortcoming[] {
  const { facts, aftermath, asked, servers, stoppedBy } = evidence;
  const abandoned = aftermath?.abandoned ?? [];
  // What was ended early has no more to say of what did not come.
  const isOver = stoppedBy === null || stoppedBy === 'lingering';
  const missing =
    isOver && facts.init !== null
      ? missingServers(asked.requireMcp ?? [], servers?.heard ?? facts.init.mcp_servers ?? [], servers?.given)
      : null;
  return [
    ...(missing === null ? [] : [{ failsOn: 'always' as const, text: missing }]),
    ...found('incomplete', abandoned, (name: NameOption) => {
      return `${numbered(abandoned.length, 'background task')} cut short (${listed(abandoned)}); wait with ${name('waitBackground')}`;
    }),
    ...found('incomplete', isOver ? facts.wakeups : [], () => {
      return `claude planned to wake up later (${listed(facts.wakeups)}); with the end of the run that can't come`;
    }),
    ...found('question', facts.questions, () => {
      return `${numbered(facts.questions.length, 'question')} found nobody to answer (${listed(facts.questions)})`;
    }),
  ];
}

function found(failsOn: FailOn, what: readonly string[], text: Wording): Shortcoming[] {
  return what.length === 0 ? [] : [{ failsOn, text }];
}
